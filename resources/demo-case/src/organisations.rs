//! The six organisations as they stand on their paper.

/// The codes that a source may name.
pub const CODES: [&str; 6] = ["politie", "om", "belastingdienst", "douane", "fiod", "kmar"];

/// The name above the paper of the organisation with this code.
pub fn name(code: &str) -> &str {
    match code {
        "politie" => "Politie",
        "om" => "Openbaar Ministerie",
        "belastingdienst" => "Belastingdienst",
        "douane" => "Douane",
        "fiod" => "Fiscale inlichtingen- en opsporingsdienst",
        "kmar" => "Koninklijke Marechaussee",
        other => other,
    }
}
