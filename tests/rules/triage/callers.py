"""Messages of callers in our own words, of every category, to be shouted, misspelt and wrapped in other words."""

DANGER = tuple(
    line.strip()
    for line in """
    There's a tight band around my chest and it's been there since lunch.
    My chest hurts when I climb the stairs, and today it hurts sitting down too.
    I've got pain in my chest and my left arm feels heavy.
    Dad's clutching his chest and he's sweating a lot.
    I had a stent in May and now I've got the same pressure in my chest.
    No fever, no cough, but I have chest pain since this morning.
    I don't know if it's a heart attack but my chest hurts.
    I can't breathe lying down, I slept in the recliner.
    She's wheezing badly, the inhaler isn't helping.
    My husband's lips are turning blue and he can't talk.
    I'm short of breath just walking to the bathroom.
    My little boy is choking on a grape.
    It's not just a cold, I can't catch my breath.
    His oxygen is 86 on the little clip.
    My mother's face is drooping on one side and her speech is slurred.
    I woke up and my right arm is numb, I keep dropping the cup.
    He suddenly can't find his words.
    All of a sudden she's confused and can't walk straight.
    His left side went weak for ten minutes but it's okay again.
    I passed out at the sink this morning and hit the floor.
    He's had two seizures since breakfast and he's not waking up properly.
    She won't wake up, we've been shaking her.
    Grandpa is so drowsy we can't keep him awake.
    My daughter fainted at school and again in the car.
    The bleeding won't stop, I've gone through four towels.
    I'm throwing up blood, it looks like coffee grounds.
    My stool is black and sticky and I feel faint.
    I'm on Eliquis, I fell and hit my head.
    I'm soaking through a pad every hour and passing clots.
    I coughed up blood this morning, a spoonful at a time.
    My throat is closing after I ate shrimp.
    He's covered in hives and his tongue is swollen.
    My lips are swelling up, I started a new antibiotic yesterday.
    We used the EpiPen ten minutes ago, what now?
    She's got hives all over and she's vomiting after peanuts.
    I don't want to be alive anymore.
    I keep thinking about killing myself and I've got pills here.
    My son says he wants to die, he's locked in his room.
    She's cutting herself again and she won't talk to me.
    Everybody would be better off without me.
    I can't go on, I wrote letters to my kids.
    I took a whole bottle of Tylenol last night.
    My toddler swallowed my heart pills.
    I think I took too many of my sleeping pills.
    He drank some of the drain cleaner under the sink.
    My roommate isn't responding, there's an empty pill bottle.
    I took my insulin twice and my sugar's 52.
    I'm 30 weeks pregnant and I'm bleeding.
    I'm pregnant and my headache won't go away, my vision's blurry.
    My water broke and I'm only 29 weeks.
    The baby hasn't moved since last night and I'm 36 weeks pregnant.
    I had my baby five days ago and I've got a fever and chills.
    My two week old has a fever of 100.8.
    The baby won't feed and he's floppy.
    My newborn's breathing looks funny, his ribs are sucking in.
    She's 4 months old and hasn't had a wet diaper since yesterday.
    My son has a stiff neck, a fever and a rash that won't fade.
    This is the worst headache I've ever had.
    I've lost the sight in my left eye since this morning.
    Bleach splashed in my eye and it burns.
    It's like a curtain coming down over my eye.
    My blood pressure's 195 over 118 and my head is pounding.
    His sugar is 480 and he's throwing up.
    My sugar's forty eight and I'm shaking.
    I fell off the roof and I can't move my legs.
    She burned her whole arm with hot oil and the skin is peeling off.
    I cut my hand with the saw and it's still bleeding.
    He was stabbed in the leg.
    The bone is sticking out of her wrist.
    I've got a fever of 103.5 and I can't stop shaking.
    I'm on chemo and my temperature is 101.
    The incision is red, hot and there's pus coming out.
    There are red streaks going up my leg from the cut.
    My calf is swollen and painful since the flight.
    I can't pee at all since last night and my belly hurts.
    I've been vomiting for two days and can't keep water down.
    The pain in my lower right belly is terrible.
    My back pain is a ten out of ten.
    I'm out of insulin and the pharmacy is closed.
    I ran out of my seizure medicine on Friday.
    The lab said my potassium is 6.7.
    My INR is 7.
    I took the wrong dose of my warfarin.
    A bat bit me in the garage.
    My heart is racing and I feel dizzy.
    My nose has been bleeding for 40 minutes.
    My husband hits me and I'm afraid to go home.
    I feel hopeless and I can't stop crying.
    Grandma's suddenly confused, she doesn't know where she is.
    My testicle hurts a lot, it came on two hours ago.
    Me duele mucho el pecho desde la mañana.
    No puedo respirar bien, me falta el aire.
    Mi mamá tiene la cara caída y no puede hablar.
    Mi esposo se desmayó en el baño.
    El sangrado no para.
    Se me está cerrando la garganta, comí camarones.
    Ya no quiero vivir.
    Mi hijo se tomó mis pastillas.
    Estoy embarazada y tengo sangrado.
    Mi bebé de un mes tiene fiebre.
    Mi esposo me pega y tengo miedo.
    Tengo fiebre de 39.8 y no se me quita.
    """.strip().splitlines()
)

HARMLESS = tuple(
    line.strip()
    for line in """
    I need a refill of my blood pressure medicine, I have a week left.
    Could you send my prescription to the pharmacy on Main Street?
    I'm calling about my test results from Monday.
    I'd like to schedule my yearly physical.
    I can't make it on Thursday, I need to reschedule.
    My knee's been stiff for months and I'd like an appointment.
    Please fax the referral to the skin doctor.
    I need a note for work for the days I missed.
    Is it okay to take my vitamins with breakfast?
    I've got a runny nose and a cough, nothing bad.
    My insurance wants a prior authorization for the new cream.
    Does the nurse have a minute to explain my cholesterol results?
    I'd like to know if my flu shot is due.
    My CPAP mask is worn out and I need a new one.
    The school needs the sports form signed by Friday.
    I have a question about the dose of my allergy pill.
    Can I get a copy of my vaccine record for camp?
    It itches a bit where the mosquito got me.
    My son's got a cold, can he still have his checkup?
    I'm returning a call about my mammogram.
    The pharmacy says you didn't answer their request.
    My heel's sore when I get up, could I see somebody next month?
    Quiero hacer una cita para mi hija.
    Necesito que me resurtan la receta de la presión.
    Llamo por los resultados de mis análisis.
    ¿Me pueden mandar la carta para mi trabajo?
    What time do you close on Friday?
    Are you open on Saturday?
    I've got a new address, please update it.
    Where do I park when I come in?
    I'd like to pay my bill over the phone.
    What's your fax number?
    I can't log in to the portal.
    Thank you for everything, you've all been so kind.
    Just confirming that I'll be there tomorrow at nine.
    My phone number has changed.
    Do you take my insurance?
    Please send my records to my new doctor.
    ¿A qué hora abren el sábado?
    ¿Dónde me puedo estacionar?
    Tengo un seguro nuevo, ¿lo pueden cambiar?
    Muchas gracias por todo.
    I don't have chest pain, I only need my pills.
    No fever, no rash, I just want her school form.
    My father had a heart attack years ago, should I be screened?
    What if I get dizzy on this new pill?
    When I was a kid I had a seizure, now I need the form for my license.
    Is it normal to feel tired on the new medicine?
    """.strip().splitlines()
)
