//! Codes of authenticator apps, with the vectors of the standards.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use identity::totp::{Secret, svg, verify};
use proptest::prelude::*;

/// The key of RFC 4226 appendix D and of RFC 6238 appendix B, for SHA-1.
fn rfc() -> Secret {
    Secret::new(*b"12345678901234567890")
}

#[test]
fn the_codes_are_those_of_rfc_6238_appendix_b() {
    // The appendix has eight digits; six are the last six of them.
    for (time_s, eight) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        assert_eq!(rfc().code(time_s / 30), eight[2..], "{time_s}");
        assert_eq!(verify(&rfc(), &eight[2..], time_s, None), Some(time_s / 30));
    }
}

#[test]
fn the_codes_are_those_of_rfc_4226_appendix_d() {
    let codes =
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    for (step, code) in (0..).zip(codes) {
        assert_eq!(rfc().code(step), code);
    }
}

#[test]
fn a_code_counts_one_step_early_and_one_late_and_no_further() {
    let code = rfc().code(1000);
    let at = |step: u64| verify(&rfc(), &code, step * 30 + 15, None);
    assert_eq!(
        [at(998), at(999), at(1000), at(1001), at(1002)],
        [None, Some(1000), Some(1000), Some(1000), None]
    );
    // The edges of the steps, to the second.
    assert_eq!(verify(&rfc(), &code, 999 * 30 - 1, None), None);
    assert_eq!(verify(&rfc(), &code, 999 * 30, None), Some(1000));
    assert_eq!(verify(&rfc(), &code, 1002 * 30 - 1, None), Some(1000));
    assert_eq!(verify(&rfc(), &code, 1002 * 30, None), None);
}

#[test]
fn a_code_counts_once_and_none_before_it_afterwards() {
    let now_s = 1000 * 30;
    let used = verify(&rfc(), &rfc().code(1000), now_s, Some(999)).unwrap();
    assert_eq!(used, 1000);
    assert_eq!(verify(&rfc(), &rfc().code(1000), now_s, Some(used)), None);
    assert_eq!(verify(&rfc(), &rfc().code(999), now_s, Some(used)), None);
    assert_eq!(verify(&rfc(), &rfc().code(1001), now_s, Some(used)), Some(1001));
}

#[test]
fn a_code_is_read_as_it_is_typed() {
    assert_eq!(verify(&rfc(), " 287 082 ", 59, None), Some(1));
    assert_eq!(verify(&rfc(), "٢٨٧٠٨٢", 59, None), Some(1));
    for wrong in ["287083", "28708", "2870820", "94287082", "", "abcdef"] {
        assert_eq!(verify(&rfc(), wrong, 59, None), None, "{wrong}");
    }
}

#[test]
fn the_uri_names_issuer_and_account_and_nothing_in_them_breaks_it() {
    assert_eq!(
        rfc().uri("Stone & Sons", "ada@example.org"),
        "otpauth://totp/Stone%20%26%20Sons:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
         &issuer=Stone%20%26%20Sons&algorithm=SHA1&digits=6&period=30"
    );
    let odd = rfc().uri("A: B?", "é#/");
    assert!(odd.starts_with("otpauth://totp/A%20%20B%3F:%C3%A9%23%2F?secret="), "{odd}");
    assert_eq!(rfc().typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_eq!(Secret::new([0xff; 20]).typed(), "7777 7777 7777 7777 7777 7777 7777 7777");
    assert_eq!(format!("{:?}", rfc()), "Secret(•••)");
}

/// What a camera reads of our drawing, at three pixels a module.
fn read_by_camera(svg: &str) -> String {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split_terminator('z') {
        let numbers: Vec<usize> =
            run.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
        assert_eq!(numbers.len(), 5, "{run}");
        let (column, row, width) = (numbers[0], numbers[1], numbers[2]);
        assert_eq!(numbers[2..], [width, 1, width]);
        dark[row * side + column..][..width].fill(true);
    }
    let pixel = |x: usize, y: usize| if dark[y / 3 * side + x / 3] { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * 3, side * 3, pixel);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "{svg}");
    grids[0].decode().unwrap().1
}

#[test]
fn a_camera_reads_the_uri_from_the_qr_code() {
    for account in
        ["ada@example.org", "a.very.long.name.of.a.person.with.patience@departments.of.example.org"]
    {
        let uri = rfc().uri("Stone & Sons, müde", account);
        assert_eq!(read_by_camera(&svg(&uri, "").unwrap()), uri);
    }
}

#[test]
fn a_qr_code_says_to_a_reader_what_it_is_and_has_its_light_border() {
    let drawn = svg(&rfc().uri("Stone", "ada@example.org"), "QR code for \"Stone\" <app>").unwrap();
    assert!(drawn.starts_with("<svg xmlns=") && drawn.ends_with("\"/></svg>"));
    assert!(drawn.contains("aria-label=\"QR code for &quot;Stone&quot; &lt;app>\""));
    // The upper left finder begins with seven dark modules, four from the border.
    assert!(drawn.contains("d=\"M4 4h7v1h-7z"), "{drawn}");
    assert_eq!(svg(&"x".repeat(3000), ""), None);
}

#[test]
fn pyotp_reads_our_uri_and_shows_our_codes() {
    let Some(python) = std::env::var_os("COUNTERSIGN_PYTHON") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "COUNTERSIGN_PYTHON is not set, and CI has to judge with pyotp"
        );
        println!("Skipped: COUNTERSIGN_PYTHON does not name a Python with pyotp.");
        return;
    };
    const SCRIPT: &str = "\
import sys, pyotp
for line in sys.stdin:
    time, uri = line.split(' ', 1)
    app = pyotp.parse_uri(uri.strip())
    print(app.issuer, app.name, app.at(int(time)))";
    let mut child = Command::new(python)
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut asked = child.stdin.take().unwrap();
    let mut expected = Vec::new();
    for number in 0..50_u8 {
        let secret = Secret::new(std::array::from_fn(|place| {
            number.wrapping_mul(37).wrapping_add(u8::try_from(place).unwrap().wrapping_mul(91))
        }));
        let time_s = u64::from(number) * 123_456_789;
        let uri = secret.uri("Stone & Söhne", "ada+sign@example.org");
        writeln!(asked, "{time_s} {uri}").unwrap();
        expected.push(format!("Stone & Söhne ada+sign@example.org {}", secret.code(time_s / 30)));
    }
    drop(asked);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answered: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answered, expected);
}

proptest! {
    #[test]
    fn only_the_codes_of_three_steps_count(random: [u8; 20], now_s in 60_u64..1 << 40, typed in 0_u32..1_000_000) {
        let secret = Secret::new(random);
        let step = now_s / 30;
        let typed = format!("{typed:06}");
        let counts = (step - 1..=step + 1).any(|step| secret.code(step) == typed);
        prop_assert_eq!(verify(&secret, &typed, now_s, None).is_some(), counts);
        prop_assert!(verify(&secret, &secret.code(step), now_s, None).is_some());
    }
}
