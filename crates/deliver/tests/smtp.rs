//! Messages on their way to a mail server, which these tests play themselves.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod sink;

use deliver::{
    Carried, DeliveryFault, Encryption, EnhancedStatus, Mailer, Message, Outlet, Password, SettingsError,
    SmtpSettings,
};
use sink::{Sink, Tls};

fn message(id: &str) -> Message {
    Message {
        id: format!("<{id}@sign.example.org>"),
        to: "ada@example.org".into(),
        to_name: "Ada".into(),
        from: "sign@example.org".into(),
        from_name: "Bob".into(),
        reply_to: "bob@example.org".into(),
        subject: "Lease".into(),
        text: "text".into(),
        html: "<p>html</p>".into(),
        return_path: String::new(),
        headers: Vec::new(),
        attachments: Vec::new(),
    }
}

fn settings(sink: &Sink, encryption: Encryption) -> SmtpSettings {
    SmtpSettings { port: Some(sink.port), encryption, timeout_s: 5, ..SmtpSettings::new("localhost") }
}

fn mailer(sink: &Sink) -> Mailer {
    Mailer::new(&settings(sink, Encryption::None)).unwrap()
}

#[tokio::test]
async fn a_message_arrives_whole_and_the_connection_serves_the_next_one() {
    let sink = Sink::open(&[], None).await;
    let outlet = Outlet::Smtp(mailer(&sink));
    for id in ["one", "two", "three"] {
        assert_eq!(outlet.carry(&message(id)).await, Ok(Carried::Accepted));
        // The pool takes a connection back in a task of its own.
        tokio::task::yield_now().await;
    }
    let mails = sink.mails();
    assert_eq!(mails.len(), 3);
    assert!(mails[0].contains("Message-ID: <one@sign.example.org>") && mails[0].contains("<p>html</p>"));
    assert_eq!(sink.connections(), 1);
}

#[tokio::test]
async fn a_server_that_says_not_now_is_asked_again_with_the_same_message_id() {
    let sink = Sink::open(&["451 4.7.1 greylisted, ada@example.org"], None).await;
    let mailer = mailer(&sink);
    let fault = mailer.send(&message("one")).await.unwrap_err();
    assert_eq!((fault, fault.again()), (DeliveryFault::NotNow { code: 451 }, true));
    mailer.send(&message("one")).await.unwrap();
    let mails = sink.mails();
    let ids: Vec<_> =
        mails.iter().map(|it| it.matches("Message-ID: <one@sign.example.org>").count()).collect();
    assert_eq!(ids, [1, 1], "the refused copy and the accepted one");
}

#[tokio::test]
async fn a_server_that_says_never_is_believed_and_its_words_are_kept_out_of_the_log() {
    let sink = Sink::open(&["550 5.1.1 ada@example.org is unknown here"], None).await;
    let fault = mailer(&sink).send(&message("one")).await.unwrap_err();
    let status = Some(EnhancedStatus { subject: 1, detail: 1 });
    assert_eq!((fault, fault.again()), (DeliveryFault::Refused { code: 550, status }, false));
    assert_eq!((fault.is_of_the_address(), fault.reply().as_deref()), (true, Some("550 5.1.1")));
    assert!(!format!("{fault} {fault:?}").contains("ada"));
}

#[tokio::test]
async fn a_refusal_of_who_sends_is_told_from_one_of_the_address() {
    for (answer, of_the_address, reply) in [
        ("550 no such user", true, "550"),
        ("552 5.2.2 over quota", true, "552 5.2.2"),
        ("550 5.1.10.1 no status of RFC 3463", true, "550"),
        ("550 5.1.1111 no status of RFC 3463", true, "550"),
        ("550 5.1", true, "550"),
        ("554 5.7.1 relay access denied", false, "554 5.7.1"),
        ("550 5.1.8 the sender's domain does not exist", false, "550 5.1.8"),
    ] {
        let sink = Sink::open(&[answer], None).await;
        let fault = mailer(&sink).send(&message("one")).await.unwrap_err();
        assert_eq!(
            (fault.is_of_the_address(), fault.reply().as_deref()),
            (of_the_address, Some(reply)),
            "{answer}"
        );
        assert!(!fault.again(), "{answer}");
    }
}

#[tokio::test]
async fn a_server_whose_certificate_nobody_vouches_for_gets_nothing() {
    for encryption in [Encryption::Tls, Encryption::StartTls] {
        let sink = Sink::open(&[], Some(Tls::new("localhost", encryption == Encryption::Tls))).await;
        let mailer = Mailer::new(&settings(&sink, encryption)).unwrap();
        let fault = mailer.send(&message("one")).await.unwrap_err();
        assert_eq!((fault, fault.again()), (DeliveryFault::Untrusted, true), "{encryption:?}");
        assert_eq!(sink.mails(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_certificate_of_another_name_is_not_trusted_either() {
    let tls = Tls::new("mail.example.org", true);
    let authorities_pem = Some(tls.certificate_pem.clone());
    let sink = Sink::open(&[], Some(tls)).await;
    let settings = SmtpSettings { authorities_pem, ..settings(&sink, Encryption::Tls) };
    let fault = Mailer::new(&settings).unwrap().send(&message("one")).await.unwrap_err();
    assert_eq!(fault, DeliveryFault::Untrusted);
}

#[tokio::test]
async fn a_server_whose_authority_is_configured_is_trusted_and_gets_the_password() {
    for encryption in [Encryption::Tls, Encryption::StartTls] {
        let tls = Tls::new("localhost", encryption == Encryption::Tls);
        let authorities_pem = Some(tls.certificate_pem.clone());
        let sink = Sink::open(&[], Some(tls)).await;
        let settings = SmtpSettings {
            authorities_pem,
            username: Some("sign".into()),
            password: Some(Password::new("hunter2")),
            ..settings(&sink, encryption)
        };
        let mailer = Mailer::new(&settings).unwrap();
        mailer.try_connection().await.unwrap();
        tokio::task::yield_now().await;
        assert_eq!(sink.mails(), Vec::<String>::new(), "a try sends nothing");
        mailer.send(&message("one")).await.unwrap();
        assert_eq!(sink.mails().len(), 1, "{encryption:?}");
        assert_eq!(sink.log_ins(), 1, "{encryption:?}");
    }
}

#[tokio::test]
async fn a_server_without_encryption_gets_nothing_where_it_is_required() {
    let sink = Sink::open(&[], None).await;
    let fault =
        Mailer::new(&settings(&sink, Encryption::StartTls)).unwrap().send(&message("one")).await.unwrap_err();
    assert_eq!((fault, fault.again()), (DeliveryFault::NotEncrypted, true));
    assert_eq!(sink.mails(), Vec::<String>::new());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let sink = Sink::open(&[], None).await;
    let settings = settings(&sink, Encryption::None);
    sink.close().await;
    let fault = Mailer::new(&settings).unwrap().send(&message("one")).await.unwrap_err();
    assert_eq!((fault, fault.again()), (DeliveryFault::Unreachable, true));
}

#[tokio::test]
async fn a_server_that_falls_silent_does_not_hold_a_worker_for_good() {
    let sink = Sink::open(&["(silence)"], None).await;
    let settings = SmtpSettings { timeout_s: 1, ..settings(&sink, Encryption::None) };
    let fault = Mailer::new(&settings).unwrap().send(&message("one")).await.unwrap_err();
    assert_eq!((fault, fault.again()), (DeliveryFault::Unreachable, true));
}

#[tokio::test]
async fn an_address_that_is_none_is_never_tried_again() {
    let sink = Sink::open(&[], None).await;
    let message = Message { to: "ada".into(), ..message("one") };
    let fault = mailer(&sink).send(&message).await.unwrap_err();
    assert_eq!((fault, fault.again()), (DeliveryFault::Unacceptable, false));
    assert_eq!(sink.connections(), 0);
}

#[tokio::test]
async fn without_a_server_a_message_stays_where_it_is_kept() {
    assert_eq!(Outlet::None.carry(&message("one")).await, Ok(Carried::Kept));
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
    let none = SmtpSettings { encryption: Encryption::None, ..SmtpSettings::new("localhost") };
    let name = Some("sign".to_owned());
    let password = Some(Password::new("hunter2"));
    for (settings, expected) in [
        (SmtpSettings::new(""), SettingsError::NoHost),
        (SmtpSettings { username: name.clone(), ..SmtpSettings::new("m") }, SettingsError::HalfALogIn),
        (SmtpSettings { password: password.clone(), ..SmtpSettings::new("m") }, SettingsError::HalfALogIn),
        (SmtpSettings { username: name, password, ..none }, SettingsError::PasswordInTheClear),
        (
            SmtpSettings { authorities_pem: Some("x".into()), ..SmtpSettings::new("m") },
            SettingsError::Authorities,
        ),
    ] {
        assert_eq!(Mailer::new(&settings).unwrap_err(), expected);
    }
}
