"""Words that tell a listener about a person's health, by category; a modest list, no proof of safety."""


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in listed.split(","))


HEALTH_WORDS: dict[str, tuple[str, ...]] = {
    "drug": _words(
        """
        medication, medicine, prescription, refill, tablet, pill, capsule, dose, dosage, inhaler, injection,
        infusion, vaccine, antibiotic, antidepressant, opioid, narcotic, painkiller, steroid, statin, blood
        thinner, birth control, chemo, chemotherapy, insulin, metformin, ozempic, semaglutide, wegovy,
        mounjaro, lisinopril, amlodipine, losartan, metoprolol, atorvastatin, simvastatin, rosuvastatin,
        levothyroxine, omeprazole, pantoprazole, albuterol, fluticasone, montelukast, prednisone, amoxicillin,
        azithromycin, doxycycline, ciprofloxacin, penicillin, warfarin, coumadin, eliquis, apixaban, xarelto,
        clopidogrel, plavix, aspirin, ibuprofen, naproxen, acetaminophen, tylenol, gabapentin, tramadol,
        oxycodone, percocet, hydrocodone, vicodin, morphine, fentanyl, methadone, suboxone, buprenorphine,
        naloxone, narcan, adderall, ritalin, vyvanse, xanax, alprazolam, ativan, lorazepam, klonopin,
        clonazepam, valium, diazepam, ambien, zolpidem, zoloft, sertraline, lexapro, escitalopram, prozac,
        fluoxetine, cymbalta, duloxetine, wellbutrin, bupropion, lithium, seroquel, quetiapine, abilify,
        trazodone, viagra, sildenafil, cialis, truvada, biktarvy, valtrex, valacyclovir, methotrexate, humira,
        tamoxifen, furosemide, lasix, hydrochlorothiazide, digoxin, nitroglycerin, epipen, melatonin, pharmacy
        """
    ),
    "test": _words(
        """
        test, result, lab, labs, lab work, blood work, bloodwork, blood test, blood count, blood pressure,
        blood sugar, a1c, cholesterol, biopsy, x-ray, xray, mri, cat scan, ct scan, pet scan, scan,
        ultrasound, sonogram, mammogram, pap, pap smear, colonoscopy, endoscopy, ekg, ecg, echocardiogram,
        stress test, urinalysis, urine, stool sample, culture, swab, screening, psa, std test, hiv test,
        pregnancy test, drug test, genetic test, imaging, abnormal
        """
    ),
    "body part": _words(
        """
        heart, chest, lung, liver, kidney, bladder, bowel, colon, stomach, abdomen, belly, pelvis, breast,
        prostate, uterus, cervix, ovary, ovaries, testicle, penis, vagina, rectum, thyroid, pancreas,
        gallbladder, spleen, brain, spine, neck, shoulder, elbow, wrist, hip, knee, ankle, feet, leg, arm,
        skin, eye, ear, nose, throat, mouth, tooth, teeth, blood, bone, muscle, nerve
        """
    ),
    "diagnosis": _words(
        """
        diagnosis, diagnosed, condition, symptom, disease, disorder, syndrome, infection, cancer, tumor,
        tumour, lump, mass, cyst, polyp, diabetes, diabetic, hypertension, asthma, copd, pneumonia,
        bronchitis, flu, influenza, covid, strep, uti, sti, std, hiv, aids, hepatitis, herpes, chlamydia,
        gonorrhea, syphilis, hpv, pregnant, pregnancy, miscarriage, abortion, infertility, menopause,
        depression, depressed, anxiety, bipolar, schizophrenia, adhd, autism, dementia, alzheimer, parkinson,
        epilepsy, seizure, stroke, migraine, concussion, arthritis, osteoporosis, gout, fracture, sprain,
        hernia, ulcer, reflux, gerd, ibs, crohn, colitis, anemia, leukemia, lymphoma, melanoma, eczema,
        psoriasis, rash, allergy, allergies, obesity, addiction, alcoholism, substance abuse, overdose,
        suicide, suicidal, pain, fever, cough, bleeding, nausea, vomiting, diarrhea, surgery, treatment,
        therapy, rehab, dialysis, transplant, hospice
        """
    ),
    "department": _words(
        """
        cardiology, cardiologist, oncology, oncologist, cancer center, psychiatry, psychiatrist, psychology,
        psychologist, behavioral health, mental health, counseling, counselor, therapist, urology, urologist,
        gynecology, gynecologist, obgyn, ob-gyn, obstetrics, maternity, prenatal, family planning, fertility,
        neurology, neurologist, dermatology, dermatologist, gastroenterology, gastroenterologist,
        endocrinology, endocrinologist, nephrology, nephrologist, pulmonology, pulmonologist, rheumatology,
        rheumatologist, hematology, hematologist, orthopedics, orthopedic, ophthalmology, radiology,
        pathology, infectious disease, pain clinic, pain management, sleep clinic, wound care, memory clinic,
        detox, recovery center, emergency room, intensive care, physical therapy, pediatrics, pediatrician,
        geriatrics, podiatry, podiatrist, surgeon, surgical, palliative care
        """
    ),
}
