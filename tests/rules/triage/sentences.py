"""Sentences in our own words, one or more for every phrase of the lexicon, by the tier they must get."""

EMERGENT = tuple(
    line.strip()
    for line in """
    Since breakfast I have had chest pain
    there is a lot of pressure in my chest
    my chest feels really tight
    a squeezing in the chest that comes in waves
    heaviness across my chest
    it is like an elephant sitting on my chest
    crushing feeling behind my breastbone
    pain going down my left arm and I am sweating
    the pain spreads up into my jaw
    I think this is a heart attack
    tengo dolor en el pecho desde ayer
    siento opresión en el pecho
    creo que es un infarto
    I cant breathe
    he can't catch his breath
    she is too winded, unable to speak in full sentences
    my husband is gasping
    my grandson is choking
    her lips are turning blue
    his lips look gray
    my inhaler is not working
    you can see his ribs sucking in
    no puedo respirar
    me ahogo cuando me acuesto
    tiene los labios morados
    severe shortness of breath
    his face is drooping
    mom has a crooked smile since noon
    my left side is weak
    his right arm went numb
    she cannot lift her arm
    dad's speech is slurred
    his words are jumbled
    sudden confusion in my father
    tiene la cara caída
    su cara esta torcida
    mi papa hablo enredado hoy
    tiene el brazo débil
    I passed out in the kitchen
    she fainted at church
    he won't wake up
    the baby is limp
    my wife is unresponsive
    he had a seizure tonight
    I blacked out while driving
    he keeps nodding off after his pills
    me desmayé en el trabajo
    mi hijo tiene convulsiones
    the bleeding won't stop
    I am soaking a pad every hour
    blood has soaked through two towels
    I am vomiting blood
    coughing up blood this morning
    my stool is black and tarry looking, black tarry
    passing clots the size of a golf ball
    I take a blood thinner and hit my head
    tengo un sangrado que no para
    mi esposo vomitó sangre
    it feels like my throat is closing
    my throat is tight after the nuts
    her tongue is swelling
    my lips are swollen
    his whole face swelled up
    hives and trouble breathing
    covered in hives and dizzy
    we just used the EpiPen
    siento la garganta cerrada
    tiene la lengua hinchada
    I want to kill myself
    I just want to end it
    they are better off dead without, I mean I am better off dead
    I would rather not be here
    I have a gun and I keep thinking of using it to end it
    I bought a rope and I want to die
    I have been saving up pills
    she left a note for us
    I am afraid I will hurt the baby
    my daughter is cutting herself
    the voices are telling me to do it
    I have a plan to kill my boss
    quiero morir
    ya no quiero vivir
    I took too many pills
    he swallowed the whole bottle of his medicine
    I gave myself double insulin
    my toddler got into my pills
    she swallowed a button battery
    my son drank bleach
    the carbon monoxide alarm went off
    he snorted oxycodone
    crushed his percocet
    I borrowed some oxy from a friend
    I took xanax with a lot of vodka
    tomé demasiadas pastillas
    I'm pregnant and bleeding
    pregnant and leaking fluid
    20 weeks pregnant with a severe headache
    pregnant and my vision is blurry
    I am pregnant and my hands and face are swelling
    pregnant with bad belly pain
    I gave birth last week and have a fever
    postpartum with chest pain
    I had a c section and I am short of breath
    the baby is not moving as usual
    I haven't felt the baby move since morning
    having contractions at 30 weeks pregnant
    my newborn has a fever
    my 2 month old has a temperature of 100.6
    my six week old baby is at 38.2 celsius
    the baby looks blue
    no wet diapers for 10 hours, she is 5 months old
    purple rash that does not fade
    stiff neck and a fever
    my baby is working hard to breathe
    this is the worst headache of my life
    a thunderclap headache
    sudden loss of vision in my right eye
    a curtain came over my eye
    bleach splashed in my eye
    my sugar is 45
    blood sugar is 430
    the meter says HI for his sugar
    his breath smells fruity
    blood pressure 190 over 120 and a headache
    bp is 185/125 and my vision is blurred
    oxygen is 88 on the finger thing
    my o2 sat reads eighty seven
    third degree burn on my hand
    he fell off a ladder
    you can see the bone sticking out
    she got an electric shock from the outlet
    he almost drowned in the pool
    """.strip().splitlines()
)

URGENT = tuple(
    line.strip()
    for line in """
    the pain in my back is severe
    my knee pain is an 8/10
    pain is nine out of ten
    pain in the lower right of my belly
    my testicle hurts
    I can't keep fluids down
    cannot keep anything down since Monday
    fever of 103.4
    I'm on chemo and have a fever
    transplant patient with chills
    red streaks going up my arm
    pus coming from my incision
    the wound is opening up after surgery
    my calf is swollen
    my son bumped his head, he has a bump on the head
    a dog bite on my hand
    a bat bit me
    nosebleed for 30 minutes
    I can't urinate
    palpitations and dizzy spells
    grandma is newly confused
    I am out of insulin
    ran out of my seizure medicine
    no more blood thinner, last one was yesterday, out of eliquis
    my inhaler ran out, out of albuterol
    my INR is 6.1
    the lab called with a critical potassium
    potassium is 6.4
    I took the wrong dose
    I took a double dose of my pills
    rash with a fever
    my husband hits me
    I am not safe at home
    I feel so hopeless
    spotting at 9 weeks pregnant
    I think I am having an allergic reaction
    it is getting worse fast
    I have shortness of breath
    I took my neighbor's pills
    blood pressure was 188/100
    """.strip().splitlines()
)

ROUTINE = tuple(
    line.strip()
    for line in """
    I need a refill of my lisinopril
    the prior auth was not done
    the pharmacy does not have my prescription
    calling about my test results
    I need a referral to a dermatologist
    please fill out my FMLA form
    I need a letter for work
    question about my medication
    I have a runny nose and a cough
    my knees have been stiff for years
    I want to book an appointment
    need to reschedule my visit
    when can I get my flu shot
    I need new supplies for my CPAP
    necesito resurtir mi receta
    quiero una cita para mi hijo
    thank you, my cough is still there
    what are your office hours, I have a rash
    """.strip().splitlines()
)

INFORMATIONAL = tuple(
    line.strip()
    for line in """
    What are your office hours?
    are you open on Saturday
    how do I get to your building, any directions?
    where do I park, is there parking
    I have a new insurance card
    please update my address
    my phone number has changed, this is my new phone number
    I can't log in to the portal
    please send my medical records to my new town
    I got a billing statement I do not understand
    thank you so much, everything was great
    FYI we moved
    just confirming for tomorrow
    """.strip().splitlines()
)
