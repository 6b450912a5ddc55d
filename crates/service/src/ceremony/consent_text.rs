//! What a recipient agrees to before signing electronically.

/// Version of the text; a change of its meaning is a new version.
pub const CONSENT_VERSION: &str = "2026-11";

/// The text, in paragraphs; English where the language is not complete.
pub fn consent_text(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &[
            "Vous avez reçu un document à lire et à signer en ligne. Votre signature électronique vous engage \
             comme une signature sur papier.",
            "Pour cela, vous avez besoin d’un navigateur à jour et d’une adresse électronique. Vous pourrez \
             télécharger ce que vous avez signé et le garder.",
            "Votre nom, votre adresse électronique, l’heure et l’adresse réseau de votre visite sont consignés \
             comme preuve, avec les documents.",
            "Vous n’êtes pas obligé de signer en ligne : refusez ici, ou demandez à l’expéditeur une autre voie.",
        ],
        _ => &[
            "You have received a document to read and to sign online. Your electronic signature binds you like \
             one on paper.",
            "All you need is an up-to-date browser and an e-mail address. You can download what you have signed \
             and keep it.",
            "Your name, your e-mail address, and the time and the network address of your visit are kept as \
             evidence with the documents.",
            "You do not have to sign online: decline here, or ask the sender for another way.",
        ],
    }
}
