//! Values in scripts that are shaped, or that no Latin face has.

use super::kinds::{drawing, value};
use super::*;

#[test]
fn values_and_a_name_in_every_script_are_drawn_and_read_back() {
    let style = TextStyle { bold: true, italic: true, ..TextStyle::default() };
    let at = |line: u32| rect(60.0, 80.0 + 60.0 * f64::from(line), 240.0, 40.0);
    let choices = vec![Choice { value: "CN".to_owned(), label: "中国".to_owned() }];
    let widgets = vec![
        widget("text", WidgetKind::Text, 1, at(0)),
        widget("lines", WidgetKind::Lines, 1, at(1)),
        widget("boxes", WidgetKind::Boxes(12), 1, at(2)),
        widget("choice", WidgetKind::Choice(choices), 1, at(3)),
        widget("name", WidgetKind::Text, 1, at(4)),
    ];
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(widgets));
    let fill = |name: &str, value: &str, style: TextStyle| Fill::Text {
        name: name.to_owned(),
        value: value.to_owned(),
        style,
    };
    let plain = TextStyle::default();
    let fills = vec![
        fill("text", "Zhang 张伟, 2026", style),
        fill("lines", "第一行很长很长很长很长很长很长很长很长很长很长很长。\nकविता शर्मा", plain),
        fill("boxes", "张क्षि", plain),
        Fill::Choice {
            name: "choice".to_owned(),
            value: "CN".to_owned(),
            label: "中国".to_owned(),
            style: plain,
        },
        fill("name", "श्रीमती शिल्पा", plain),
    ];
    let mut with = Act { fills, ..act_of(0, 1, typed("张伟")) };
    with.signature.rect = Some(rect(60.0, 420.0, 180.0, 60.0));
    with.signature.caption = vec!["श्रीमती कविता शर्मा".to_owned(), "محمد".to_owned()];
    let signed = acted(&ready, &with);
    assert_sound(&signed, "scripts");
    let document = open(&signed);
    assert_eq!(value(&document, "text").as_deref(), Some("Zhang 张伟, 2026"));
    assert_eq!(value(&document, "name").as_deref(), Some("श्रीमती शिल्पा"));
    let text = drawing(&document, "text");
    // Bold, but no face beside is: stroked; slanted: all of it leaned.
    assert!(text.contains("/CsBold ") && text.contains("/CsChinese ") && text.contains("2 Tr"), "{text}");
    assert!(text.contains("0 Tr"), "the Latin letters are bold by themselves: {text}");
    assert_eq!(drawing(&document, "boxes").matches("BT\n").count(), 2, "a letter with its marks has one box");
    assert!(drawing(&document, "lines").matches("BT\n").count() >= 2);
    // The sign of i is drawn first and read second.
    assert!(drawing(&document, "name").contains("/Span <</ActualText <FEFF0936093F>>> BDC"));

    let path = std::env::temp_dir().join(format!("countersign-values-{}.pdf", std::process::id()));
    std::fs::write(&path, &signed).unwrap();
    let read = Command::new("pdftotext").args(["-layout"]).arg(&path).arg("-").output();
    std::fs::remove_file(&path).unwrap();
    let Ok(read) = read else { return };
    let read = String::from_utf8(read.stdout).unwrap();
    for words in [
        "Zhang 张伟, 2026",
        "第一行很长",
        "कविता शर्मा",
        "中国",
        "श्रीमती शिल्पा",
        "张伟",
        "श्रीमती कविता शर्मा",
        "محمد",
    ] {
        assert!(read.contains(words), "{words}: {read}");
    }
}
