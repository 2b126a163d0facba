"""Sentences in our own words for pregnancy, children, the one-hour signs and harmless messages, by their tier."""

EMERGENT = tuple(
    line.strip()
    for line in """
    I'm 31 weeks and I just felt a pop and now water keeps running down my leg
    34 weeks along, my underwear keeps getting wet and it isn't pee
    I think my bag of waters broke, I'm only 33 weeks
    36 weeks and I'm seeing sparkles in front of my eyes and my head is pounding
    my hands and feet blew up overnight, I'm in my third trimester
    baby hasn't kicked since yesterday, I'm 30 weeks
    the baby is a lot quieter than normal today, 35 weeks
    I can't get him to move even after juice and lying on my left side, I'm 33 weeks pregnant
    little guy in my belly stopped his usual kicking
    belly keeps getting tight every five minutes and I'm just 29 weeks
    cramps that come every 6 minutes, I'm 32 weeks
    I had my baby 5 days ago and I've gone through 4 pads in 2 hours
    passing clots the size of my palm, I had my daughter last Tuesday
    two weeks after my c-section my legs are swollen and I have a bad headache
    delivered 10 days ago, chills and 101.5, my stomach is really tender
    I'm expecting and started bleeding like a period
    I'm pregnant and there was blood when I wiped, bright red
    pregnant, sharp pain on my right side and my shoulder hurts
    positive pregnancy test, terrible pain low on one side and I feel faint
    I'm 8 weeks and my stomach hurts really bad on the left
    my wife is 38 weeks and she just had a seizure
    I'm seven months pregnant and fell down the steps onto my belly
    I was in a fender bender today and I'm 26 weeks
    had a baby last month and my chest hurts when I breathe
    my wife gave birth two weeks ago and she is hearing voices and hasn't slept
    I just had a baby and I keep thinking about hurting her
    upper belly pain under my ribs on the right, 35 weeks
    my blood pressure at home is 165/112 and I'm pregnant
    I can see the cord coming out, I'm in labor
    I feel like I have to push and I'm not at the hospital
    my breast is red hot and hard, I have a fever of 102, nursing a 3 week old
    baby feels like it's hardly moved today
    no movement from the baby in hours
    didn't feel any flutters today, 25 weeks
    my belly is rock hard and won't relax, 30 weeks
    after my miscarriage I'm still bleeding heavy
    I'm 14 weeks postpartum and fainted
    embarazada de 30 semanas y me sale liquido
    estoy embarazada y estoy sangrando
    mi bebe no se ha movido en todo el dia, tengo 34 semanas
    tengo 36 semanas y veo lucecitas y me duele mucho la cabeza
    se me hincharon las manos y la cara, estoy embarazada
    di a luz hace una semana y tengo fiebre
    tengo contracciones y apenas tengo 31 semanas
    ya no siento pataditas del bebe
    estoy embarazada y me duele mucho el vientre
    acabo de tener a mi bebe y sangro mucho, lleno una toalla cada hora
    my 5 week old feels hot, rectal temp 100.8
    my newborn's temperature was 38.3
    our three week old won't wake up to eat
    baby is hard to rouse and won't take her bottle
    my infant has gone floppy like a rag doll
    her soft spot is sunk in and she hasn't had a wet diaper since last night
    she's 7 months, dry diaper all night and still dry now
    you can see the skin pulling in between his ribs with every breath, he's 2
    my son is breathing 70 times a minute
    toddler has tiny purple dots that stay when I press on them
    his lips turned blue while feeding
    baby stopped breathing for a few seconds
    baby turned purple around the mouth
    """.strip().splitlines()
)

URGENT = tuple(
    line.strip()
    for line in """
    pink when I wipe, 7 weeks
    I'm 6 weeks pregnant with light cramping and spotting
    throwing up all day, 9 weeks pregnant, peeing very little
    contractions every 4 minutes, 39 weeks
    I'm pregnant and itching all over, hands and feet worst
    pregnant and burning when I pee and back pain
    estoy embarazada y vomito todo
    crying all the time since the baby came, I can't bond and feel hopeless
    our 4 month old has a temp of 102
    my 10 month old has vomited six times today
    toddler put a bead up his nose
    my son can't pee and he's crying
    my son's elbow, he won't use his arm after I pulled it
    my baby is not acting right
    mi hija no quiere comer ni tomar nada
    mi hijo tiene fiebre de 40
    I hurt so much I'm in tears and nothing touches it
    my tooth is killing me, I've been up all night
    I can't sit or stand or find any position because of my back
    writhing on the floor with pain in my side
    pain meds aren't touching it after my knee surgery
    my gout is so bad I can't even have a sheet touch my toe
    stabbing pain in my gut that makes me curl up in a ball
    me duele muchisimo la espalda, no aguanto
    el dolor es 9 de 10
    I'd rate the pain a nine
    it started around my navel and now it's down on the right near my hip
    sharp pain in right lower abdomen since last night
    me duele abajo a la derecha de la panza
    ball pain came on out of nowhere
    sharp pain down there on the left one, my scrotum
    erection for 5 hours that won't go down
    everything I drink comes back up since yesterday
    every time I take a sip I vomit it
    the runs so bad, 15 times today, mouth is dry as cotton
    no puedo retener ni el agua
    llevo dos dias con vomito y diarrea y estoy muy debil
    my temperature is a hundred and three and a half
    on chemo and I got the chills really bad
    my dad gets dialysis and he's shaking with chills
    sickle cell and a fever of 101
    me estan dando quimio y tengo fiebre
    the cut from my operation is splitting open
    yellow goo coming out of my incision and it stinks
    red line creeping up my leg from the scratch
    my toe is turning black, I'm diabetic
    redness around the bite doubled since this morning
    leaking fluid through my dressing after hernia repair
    my pic line site is red and sore
    la herida de la operacion me huele mal y sale pus
    tengo una raya roja que me sube por el brazo
    my lower leg is swollen, warm, and sore on one side
    charley horse in my calf that won't go away after a long flight
    left leg swelled up after surgery
    se me hincho una pierna
    my kid fell and hit his head and now is vomiting
    took an elbow to the head at practice, dizzy and nauseous since
    se pego en la cabeza y esta vomitando
    the neighbor's dog sank his teeth into my hand
    woke up with a bat in the bedroom
    tick bite with a big red ring
    un perro mordio a mi hijo
    me mordio un gato y se me hincho la mano
    nose has been gushing for 30 minutes
    blood keeps running out of my nose for an hour
    haven't been able to pee since last night and my belly is bursting
    only a few drops come out and my bladder is full
    catheter is blocked, no urine in the bag
    no me sale la orina
    heart going a mile a minute and I feel faint
    pulse is 150 and I'm sitting down
    my afib is back and I feel weak
    mom doesn't know what year it is, she was fine yesterday
    my wife keeps asking the same question over and over, started today
    grandpa got lost going to the bathroom and is seeing people who aren't there
    mi mama esta confundida desde hoy
    mi abuela esta diciendo cosas sin sentido
    my insulin got left in the hot car, none left
    been without keppra for two days
    no more rescue inhaler and I'm coughing a lot
    missed my blood thinner for three days
    my oxygen tank is nearly empty
    stopped my xanax cold turkey and I'm shaking
    no tengo mas pastillas para las convulsiones
    se me termino el inhalador
    hospital lab says my sodium is 118
    my hemoglobin is 6.2
    platelets are 12
    my INR is through the roof
    took my morning pills twice by accident
    gave mom dad's heart pill by mistake
    I mixed up my long acting and short acting insulin
    pharmacy gave me someone else's medicine and I took it
    I forgot I took it and took another one, my blood pressure pill
    tome doble dosis de mi medicina
    le di el doble de medicina a mi hijo
    broke out in spots all over and running a fever
    my skin is coming off in sheets
    shingles near my eye
    he choked me last night
    I don't feel safe where I'm living
    someone slipped something in my drink and I woke up undressed
    there are bruises on my mother at the nursing home and she's afraid of the aide
    tengo miedo de mi marido
    no me siento segura en casa
    I think my child was touched by someone
    can't see the light anymore
    what's the use anymore
    I just don't care about anything, can't stop crying
    no le veo sentido a nada
    me siento sin esperanza
    I'm reacting to the new antibiotic, welts everywhere
    itching like crazy since I took the new pill
    tengo una reaccion alergica
    it's getting worse by the minute
    he's going downhill quick
    it's spreading before my eyes
    esta empeorando rapido
    something metal flew in my eye
    I'm bleeding when I pee
    """.strip().splitlines()
)

NOT_URGENT = tuple(
    line.strip()
    for line in """
    I'm 20 weeks and would like to schedule my anatomy scan
    can I take tylenol while pregnant for a stuffy nose
    I'm pregnant and need a note for work
    what vitamins should I take, we are trying to get pregnant
    I'm 12 weeks pregnant and have mild nausea in the morning, is ginger ok
    need a breast pump prescription, baby due in June
    is it safe to fly at 28 weeks
    I'm 6 weeks postpartum and need my checkup
    estoy embarazada y quiero hacer una cita de control
    I had my baby three months ago and want to talk about birth control
    our baby is due in May and we're looking for a pediatrician
    need to move my glucose test, I'm 26 weeks
    my 2 year old has a runny nose and mild cough, playing fine
    my baby has a diaper rash
    when does my 4 month old get shots
    what formula do you recommend for my newborn
    my toddler has been constipated for a week
    my son's school needs his vaccine record
    my daughter has lice
    my baby spits up a little after feeds, gaining well
    my kid has pink eye, school won't let him back
    necesito cita para las vacunas de mi bebe
    mi hijo tiene tos y mocos, come bien
    how do I get a copy of my bill and a refill
    I need to reschedule my appointment
    can I get an appointment with Dr. Payne
    does Dr. Burns have any openings
    I live in the heart of town and can come anytime
    this traffic is killing me, running 10 minutes late
    these copays are killing me
    I'd kill for an earlier appointment
    I am dying to know my results
    need a flu shot
    got my covid shot, sore arm
    when is my second shingles shot
    I'd like to give it a shot
    the new medicine works great
    back pain for years, same as always, need a refill of gabapentin
    mild headache on and off, want an appointment next week
    slight sore throat
    my knee is a bit achy after the gym
    a little dizzy when I stand up quickly sometimes, been that way for years
    my allergies are acting up
    can you explain what high blood pressure means
    my mother had breast cancer, when should I get a mammogram
    I have a question about my seizure medicine dose, been seizure free 3 years
    need my epipen refilled before school starts
    need a new inhaler, my old one expired, breathing fine
    need more insulin, I have two weeks left
    the rash is nearly gone
    the swelling has gone down
    my cough is better, do I still need to come in
    my stitches are ready to come out
    stitches removed Friday?
    my incision looks good, can I shower
    constipated for a few days
    heartburn after spicy food
    I feel fine, just want a checkup
    I have a mole I'd like looked at
    trouble sleeping lately
    feeling tired for a few months
    hard to open the jar with my arthritis
    it's hard to get through to your office
    I can't find parking
    can't make it Tuesday
    hit a snag with the insurance
    I have a cold, should I still come
    I fell behind on my payments
    I am out of the office until Monday
    I lost my prescription card
    hot flashes, thinking of hormones
    burned out from work, need a therapist referral
    my blood pressure cuff broke
    need a new glucose meter
    I need a letter for my emotional support animal, a dog
    colonoscopy prep question
    can I drink coffee before my blood test
    what should I do about my cholesterol
    I bruise easily, been that way since I was a kid
    ringing in my ears for months
    """.strip().splitlines()
)

INFORMATIONAL = tuple(
    line.strip()
    for line in """
    What are your opening hours on Wednesday?
    are you closed for labor day
    what time do you close today
    is the clinic open on the 4th of July
    where is your office located
    which entrance should I use
    is there parking at the Heart Hospital building
    directions to the new office on Payne Street please
    I moved, here is my new address 12 Bleecker Street
    new phone number, please update it
    please update my insurance to Blue Cross
    I changed my last name
    how do I sign in to the portal
    I forgot my portal password
    can you send my records to Dr. Payne
    I have a question on my bill
    why was I charged twice
    do you accept Aetna
    I want to pay my balance
    thank you for your help yesterday
    thanks again, have a great day
    just wanted to say the staff was wonderful
    confirming my appointment tomorrow at 3
    yes I'll be there Thursday
    what's your fax number
    a que hora abren
    a que hora cierran hoy
    donde estan ubicados
    cual es su direccion
    quiero actualizar mi direccion
    """.strip().splitlines()
)
