#!/usr/bin/env bash
# Makes a throw-away authority and one signer for each kind of key: make_keys.sh FOLDER
#
# Writes ca.pem and, for NAME in rsa2048 and p256: NAME.key.pem (PKCS#8), NAME.pem (certificate), NAME.p12 (passphrase
# "bench"). Does nothing when they are there.
set -euo pipefail
mkdir -p "$1"
cd "$1"
[ -f p256.p12 ] && [ -f rsa2048.p12 ] && exit 0

quiet() { "$@" 2>/dev/null; }
quiet openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key.pem -out ca.pem -days 3650 \
  -subj "/CN=Bench CA" -addext "basicConstraints=critical,CA:true" -addext "keyUsage=critical,keyCertSign,cRLSign"
printf 'keyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=1.3.6.1.5.5.7.3.36\n' >leaf.ext

for name in rsa2048 p256; do
  case $name in
    rsa2048) kind=(-algorithm RSA -pkeyopt rsa_keygen_bits:2048) ;;
    p256) kind=(-algorithm EC -pkeyopt ec_paramgen_curve:P-256) ;;
  esac
  quiet openssl genpkey "${kind[@]}" -out $name.key.pem
  quiet openssl req -new -key $name.key.pem -subj "/CN=Bench signer $name" -out $name.csr
  quiet openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 3650 -extfile leaf.ext -out $name.pem
  openssl pkcs12 -export -inkey $name.key.pem -in $name.pem -certfile ca.pem -passout pass:bench -out $name.p12
done
