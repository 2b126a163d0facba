"""Sentences as lay people say them, in our own words: the signs that call for 911, and everyday ones like them."""

EMERGENT = tuple(
    line.strip()
    for line in """
    something is sitting on top of my chest
    my husband is clutching his chest
    bad indigestion feeling and my left arm hurts
    took three nitro pills and it is still hurting
    I feel a fist clenched in my chest
    siento como un peso en el pecho
    dad is breathing like he just ran a marathon
    he's fighting to get air
    the grape is lodged in his throat
    her nails look blue
    oxygen keeps dropping into the eighties
    no le entra aire
    siento que se me cierra el pecho y no jalo aire
    one side of his face slid down
    my arm just flopped down
    leg gave way and that side is heavy
    I keep dropping my fork from my left hand
    he's talking jibber jabber
    se le fue la boca de lado
    la mitad de la cara dormida
    he went down like a sack of potatoes
    can't rouse my mother
    his whole body was jerking
    everything went black and I hit the floor
    mi abuela se quedo ida y no contesta
    bled through my jeans
    I've soaked the third towel
    blood running down both legs
    estoy sangrando mucho
    tosi sangre
    my throat feels like it is shutting
    lips blew up like balloons
    se le hincho la cara
    comio camarones y tiene ronchas y le falta el aire
    he put a gun to his head
    I have nothing left to live for
    she texted me goodbye and gave away her dog
    no quiero seguir viviendo
    quiere aventarse del puente
    he's holding a knife to his throat
    she got into the dishwasher pods
    swallowed a little round battery
    found her with an empty pill bottle and she's groggy
    se tomo un frasco de pastillas
    headache came on in seconds like a clap
    everything went dark in one eye
    like a shade being pulled down over my eye
    perdi la vision de un ojo
    no feeling from the waist down
    arm is bent the wrong way
    a car ran over his foot
    pan of boiling oil went over her lap
    clear fluid dripping from his nose after hitting his head
    he overheated at work, stopped sweating and is confused
    lo atropello un carro
    """.strip().splitlines()
)

EVERYDAY = tuple(
    line.strip()
    for line in """
    I was choked up by how kind your staff was
    can you send my seizure medication refill to the pharmacy
    I can't see my lab results online
    my air conditioner broke so I will be late
    can I drop off my urine sample in the morning
    we fell in love with your practice
    breathing machine supplies for sleep apnea
    I am drowning in paperwork
    panic attacks are down to one a month
    is he half asleep after the new allergy pill
    my heart rate monitor strap needs replacing
    we are staying two weeks and want a wedding date
    """.strip().splitlines()
)
