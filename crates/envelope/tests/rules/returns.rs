//! Where a browser goes when a visit is over.

use envelope::Returns;

fn to(done: &str, declined: &str, failed: &str) -> Returns {
    let said = |address: &str| (!address.is_empty()).then(|| format!("https://{address}.example"));
    Returns { done: said(done), declined: said(declined), failed: said(failed) }
}

/// Seed: consigno-cloud.txt:85
/// Seed: consigno-cloud.txt:90
#[test]
fn where_an_address_is_missing_the_one_for_after_the_act_serves() {
    let none = Returns::default();
    assert_eq!(to("done", "", "").or(&none), to("done", "done", "done"));
    assert_eq!(to("done", "no", "").or(&none), to("done", "no", "done"));
    assert_eq!(to("", "", "late").or(&none), to("", "", "late"));
    assert_eq!(none.or(&none), none);
}

/// Seed: consigno-cloud.txt:186
#[test]
fn a_recipients_own_addresses_come_before_those_of_all() {
    let of_all = to("all", "all-no", "all-late");
    assert_eq!(Returns::default().or(&of_all), of_all);
    assert_eq!(to("own", "", "").or(&of_all), to("own", "own", "own"));
    assert_eq!(to("", "own-no", "").or(&of_all), to("all", "own-no", "all-late"));
    assert_eq!(to("", "", "own-late").or(&to("all", "", "")), to("all", "all", "own-late"));
}
