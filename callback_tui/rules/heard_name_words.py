"""Words around names: what stands beside one, and what is none although somebody says "this is" before it."""

from callback_tui.rules.heard_words import word_set

TITLES = word_set("mr mrs ms miss mister missus señor señora senor senora sr sra don doña dona sir madam")
PARTICLES = word_set("de la del las los van von der den da dos di du le al el bin ben st")
"""May stand inside a name, never at its end."""

RELATIVES = word_set(
    """son daughter wife husband mother mom mum mama father dad papa child baby boy girl brother sister partner
    grandson granddaughter grandmother grandfather grandma grandpa aunt uncle niece nephew fiance fiancee spouse
    hijo hija esposa esposo mujer marido madre padre bebe nino nina hermano hermana abuela abuelo nieto nieta tia tio"""
)
GREETINGS = word_set("hi hello hey hola yes morning afternoon evening dias tardes buenas good")
HOUSES = word_set(
    """pharmacy hospital clinic insurance lab labs laboratory office medical health healthcare center centre dental
    university school company inc llc agency services department department's farmacia clinica seguro"""
)
"""Words that make a name one of a house: "this is Elm Street Pharmacy"."""

_LANGUAGES = word_set(
    "english spanish ingles espanol french chinese vietnamese arabic russian portuguese creole español"
)
WHAT_FOLLOWS = word_set(
    """calling callin speaking here again date dob born from with patient llamando llamo hablando nacido nacida
    fecha"""
)
"""Follow a name and little else, so that a name in small letters may stand before them."""

WHAT_MAY_FOLLOW = word_set("my and i i'm im i've ive need the a at for mi y necesito quiero tengo please por")
"""Follow two words of a name, early in a message."""

_FUNCTION_WORDS = """
    a an the this that these those it its it's he she they them we us you your yours i me my mine our his her hers him
    their who whom whose what which when where why how there here and or but nor so if then than because since while
    although though until unless as at by for from in into of off on onto out over to up down with without about above
    after again against before behind below between during near through under is am are was were be been being im i'm
    ive i've id i'd ill i'll isnt isn't dont don't doesnt doesn't didnt didn't cant can't wont won't do does did doing
    done have has had having can could will would shall should may might must not no never none nothing nobody any
    some all both each every few many much more most other another such only own same just also too very really quite
    rather even still yet already ever always often sometimes maybe perhaps actually basically honestly literally
    absolutely totally completely definitely probably possibly obviously clearly exactly currently finally
    unfortunately hopefully apparently concerning regarding now today tonight tomorrow yesterday soon later
    monday tuesday wednesday thursday friday saturday sunday please thanks thank sorry okay ok yes yeah no
    one two three four five six seven eight nine ten first second third
"""
_NOT_PEOPLE = """
    urgent important emergency serious critical ridiculous unacceptable frustrating terrible awful horrible crazy
    embarrassing annoying stupid insane outrageous nonsense bad worse worst good great fine better best hard scary
    weird strange painful unbearable unbelievable impossible enough normal true false right wrong new old sick ill
    dizzy weak tired scared worried afraid pregnant diabetic allergic bleeding dying hurting having feeling getting
    going trying wondering looking waiting running taking leaving returning following hoping needing sitting driving
    killing making calling call called caller message voicemail phone number name date birth time day week month year
    morning afternoon evening night patient doctor dr doc nurse pharmacy hospital clinic office insurance appointment
    refill prescription medication medicine results lab test bill question problem issue reference request reminder
    update mother mom mama father dad papa parent guardian son daughter wife husband brother sister friend neighbor
    caregiver caretaker aide secretary receptionist manager somebody someone anybody anyone everybody everyone person
    man woman people guy kid kids child baby boy girl not sure still yours mine unknown anonymous private wireless
    situation thing stuff matter reason case what's whats that's thats spelled spelt need needs want wants
    like likes think know hope said told asked got get gets went gone came come took take last next
"""
_SPANISH = """
    el la los las un una unos unas yo tu usted ustedes mi mis su sus nuestro nuestra y o pero si no que de del a al en
    con por para sin sobre es son soy estoy esta era fue ser estar tengo tiene hay muy mas bien mal quien quisiera
    quiero necesito llamo llamaba hablo habla favor gracias hola buenos buenas dias tardes noches paciente paciente
    mama papa madre padre hijo hija esposa esposo senor senora doctor doctora enfermera farmacia clinica nueva nuevo
    diabetica diabetico alergica alergico embarazada enferma enfermo mayor ciudadana ciudadano alguien nadie
    ahora hoy manana ayer cita receta medicina numero telefono nombre fecha mensaje porque cuando donde como pues
"""
NO_NAMES = word_set(_FUNCTION_WORDS) | word_set(_NOT_PEOPLE) | word_set(_SPANISH) | _LANGUAGES
"""Are never the name of somebody who introduces themselves; "del" and the like count only inside a name."""
