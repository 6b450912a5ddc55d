"""Asks the vendors' own packages: reads one question as JSON, prints one answer as JSON."""

import base64
import hashlib
import json
import sys


def twilio_client(q):
    from twilio.rest import Client

    client = Client(q["username"], q["password"], q["account_sid"])
    client.api.base_url = f"https://localhost:{q['port']}"
    return client


def twilio_text(q):
    return {"sid": twilio_client(q).messages.create(**q["message"]).sid}


def twilio_call(q):
    from twilio.twiml.voice_response import VoiceResponse

    response = VoiceResponse()
    response.say(q["words"], language=q["language"])
    response.pause(length=1)
    response.say(q["words"], language=q["language"])
    return {"sid": twilio_client(q).calls.create(twiml=str(response), **q["call"]).sid}


def twilio_signature(q):
    from twilio.request_validator import RequestValidator

    # A field with several values comes as a list; the validator asks a dictionary of the web framework for them.
    class Fields(dict):
        def getlist(self, name):
            return self[name]

    validator = RequestValidator(q["token"])
    return {"signature": validator.compute_signature(q["url"], Fields(q["fields"]), q.get("algorithm"))}


def vonage_client(q):
    from vonage import Auth, HttpClientOptions, Vonage

    host = f"localhost:{q['port']}"
    return Vonage(Auth(**q["auth"]), HttpClientOptions(api_host=host, rest_host=host))


def vonage_text(q):
    from vonage_sms import SmsMessage

    response = vonage_client(q).sms.send(SmsMessage(**q["message"]))
    return {"id": response.messages[0].message_id}


def vonage_call(q):
    from vonage_voice import CreateCallRequest, Talk

    ncco = [Talk(**q["talk"])]
    return {"id": vonage_client(q).voice.create_call(CreateCallRequest(ncco=ncco, **q["call"])).uuid}


def vonage_key(_):
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
    public = key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
    return {"private": private.decode(), "public": public.decode()}


def vonage_token(q):
    import jwt

    options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(q["token"], q["public"], algorithms=["RS256"], options=options)
    return {"header": jwt.get_unverified_header(q["token"]), "claims": claims}


def vonage_signature(q):
    from vonage import Auth

    auth = Auth(api_key="k", signature_secret=q["secret"], signature_method="sha256")
    return {"sig": auth.sign_params(q["fields"])}


def vonage_vouch(q):
    import jwt

    claims = {"iat": 1735689599, "iss": "Vonage", "payload_hash": hashlib.sha256(q["body"].encode()).hexdigest()}
    return {"token": jwt.encode(claims, q["secret"], algorithm=q.get("algorithm", "HS256"))}


def webhook_verify(q):
    import standardwebhooks

    try:
        headers, body = q["headers"], base64.b64decode(q["body"])
        return {"read": standardwebhooks.Webhook(q["secret"]).verify(body, headers)}
    except standardwebhooks.WebhookVerificationError as error:
        return {"refused": str(error)}


question = json.load(sys.stdin)
print(json.dumps(globals()[question.pop("ask")](question)))
