//! The built-in lists of drop-downs, as the desk shows them beforehand.

use crate::given::server;

#[test]
fn a_built_in_list_is_told_as_the_signer_will_see_it_and_an_unknown_one_is_not_there() {
    let server = server();
    let api = server.api();
    for (list, count, entry) in
        [("country_names", 249, "Switzerland"), ("country_codes2", 249, "CH"), ("us_state_codes", 51, "DC")]
    {
        let told = api.get(&format!("/v1/choice-lists/{list}")).expect(200).json();
        let items = told["items"].as_array().unwrap();
        assert_eq!(items.len(), count, "{list}");
        assert!(items.iter().any(|it| it == entry), "{list}");
    }
    assert_eq!(api.get("/v1/choice-lists/planets").expect(404).code(), "not_found");
}
