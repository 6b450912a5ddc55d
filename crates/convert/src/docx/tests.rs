use super::*;
use serde_json::json;
use std::io::{Cursor, Read, Write};

fn docx(body: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in
        [("[Content_Types].xml", "{{stays}}"), ("word/document.xml", body), ("word/media/a.png", "{{x")]
    {
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn filled(body: &str, data: Value) -> Result<String, TemplateError> {
    let made = fill(&docx(&format!("<w:body>{body}</w:body>")), data.as_object().unwrap())?;
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert_eq!((part("[Content_Types].xml"), part("word/media/a.png")), ("{{stays}}".into(), "{{x".into()));
    let whole = part("word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&whole);
    while !matches!(reader.read_event().expect("well-formed"), quick_xml::events::Event::Eof) {}
    Ok(whole)
}

/// The text alone, a bar after each paragraph.
fn text(body: &str, data: Value) -> Result<String, TemplateError> {
    let whole = filled(body, data)?.replace("</w:p>", "|").replace("<w:br/>", "/");
    let mut out = String::new();
    let mut inside = false;
    for letter in whole.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => out.push(other),
            _ => {}
        }
    }
    Ok(out)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_key_is_replaced_by_its_value_however_word_has_split_it() {
    let data = json!({"name": "Ada & <Co>", "a": {"b": {"c": 12.5}}, "yes": true});
    assert_eq!(text(&p("Dear {{name}},"), data.clone()).unwrap(), "Dear Ada &amp; &lt;Co&gt;,|");
    assert_eq!(text(&p("{{ a.b.c }} {{yes}}"), data.clone()).unwrap(), "12.5 true|");
    let split = "<w:p><w:r><w:t>Dear {</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>{na</w:t></w:r>\
                 <w:r><w:t>me}} and {{yes}}!</w:t></w:r></w:p>";
    assert_eq!(text(split, data).unwrap(), "Dear Ada &amp; &lt;Co&gt; and true!|");
}

#[test]
fn several_lines_stay_several_lines_and_control_characters_go() {
    assert_eq!(text(&p("{{x}}"), json!({"x": "one\ntwo\u{1}"})).unwrap(), "one/two|");
}

#[test]
fn what_is_meant_for_fields_stays() {
    let body = p("[[client_signs]] {{signature:1 width=100}} {{text:client}}");
    assert_eq!(
        text(&body, json!({})).unwrap(),
        "[[client_signs]] {{signature:1 width=100}} {{text:client}}|"
    );
}

#[test]
fn a_condition_chooses_in_a_line_and_over_runs() {
    let line = p("A {{if vip}}gold{{else}}plain{{endif}} card");
    assert_eq!(text(&line, json!({"vip": true})).unwrap(), "A gold card|");
    assert_eq!(text(&line, json!({"vip": ""})).unwrap(), "A plain card|");
    assert_eq!(text(&line, json!({})).unwrap(), "A plain card|");
    let runs = "<w:p><w:r><w:t>A{{if x}}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>B</w:t></w:r><w:r><w:t>{{endif}}C</w:t></w:r></w:p>";
    assert_eq!(text(runs, json!({"x": 1})).unwrap(), "ABC|");
    assert_eq!(text(runs, json!({"x": 0})).unwrap(), "AC|");
}

#[test]
fn what_stands_alone_in_its_paragraph_takes_it_along() {
    let body = [p("{{if x}}"), p("yes"), p("{{else}}"), p("no"), p("{{endif}}"), p("end")].concat();
    assert_eq!(text(&body, json!({"x": true})).unwrap(), "yes|end|");
    assert_eq!(text(&body, json!({"x": false})).unwrap(), "no|end|");
    let nested =
        [p("{{for a in list}}"), p("{{a.n}}"), p("{{if a.last}}"), p("fin"), p("{{endif}}"), p("{{endfor}}")];
    let data = json!({"list": [{"n": 1}, {"n": 2, "last": true}]});
    assert_eq!(text(&nested.concat(), data).unwrap(), "1|2|fin|");
}

#[test]
fn a_loop_over_the_cells_of_a_row_repeats_the_row() {
    let cell = |it: &str| format!("<w:tc>{}</w:tc>", p(it));
    let row = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell("{{for l in lines}}{{l.what}}"),
        cell("{{l.price}}{{endfor}}")
    );
    let data = json!({"lines": [{"what": "Tea", "price": 3}, {"what": "Cake", "price": 5}]});
    let made = filled(&row, data).unwrap();
    assert_eq!(made.matches("<w:tr>").count(), 2);
    assert_eq!(made.matches("<w:tc>").count(), 4);
    assert!(filled(&row, json!({"lines": []})).unwrap().contains("<w:tbl></w:tbl>"));
}

#[test]
fn what_cannot_be_filled_says_why() {
    let told = |body: &str, data: Value| filled(&p(body), data).unwrap_err().code();
    assert_eq!(told("{{name}}", json!({})), "template_data_missing");
    assert_eq!(told("{{a.b}}", json!({"a": 1})), "template_data_missing");
    assert_eq!(told("{{a}}", json!({"a": null})), "template_data_wrong_kind");
    assert_eq!(told("{{for x in a}}{{endfor}}", json!({"a": 1})), "template_data_wrong_kind");
    assert_eq!(told("{{if a}}", json!({})), "template_tag_unbalanced");
    assert_eq!(told("{{endif}}", json!({})), "template_tag_unbalanced");
    assert_eq!(told("{{if a}}{{endfor}}", json!({})), "template_tag_unbalanced");
    assert_eq!(told("{{a b c}}", json!({})), "template_tag_malformed");
    assert_eq!(told("{{}}", json!({})), "template_tag_malformed");
    let across = [
        "<w:tbl><w:tr><w:tc>".to_owned(),
        p("a{{if x}}b"),
        "</w:tc></w:tr></w:tbl>".to_owned(),
        p("c{{endif}}d"),
    ];
    assert_eq!(filled(&across.concat(), json!({})).unwrap_err().code(), "template_tag_unbalanced");
    assert_eq!(fill(b"PK no", &Map::new()), Err(TemplateError::Unreadable));
}

#[test]
fn lists_in_lists_do_not_eat_the_memory() {
    let many: Vec<Value> = (0..2000).map(|it| json!(it)).collect();
    let body = p("{{for a in l}}{{for b in l}}{{for c in l}}0123456789{{endfor}}{{endfor}}{{endfor}}");
    assert_eq!(filled(&body, json!({"l": many})).unwrap_err(), TemplateError::TooLarge);
}

proptest::proptest! {
    #[test]
    fn no_part_makes_it_panic(body in "(<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|\\{\\{|\\}\\}|if x|for a in b|endif|endfor|else|x| |<|&|é){0,40}") {
        let _ = fill(&docx(&body), json!({"x": "v", "b": [1, 2]}).as_object().unwrap());
    }
}
