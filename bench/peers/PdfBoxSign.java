import java.io.ByteArrayOutputStream;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * PDFBox with Bouncy Castle, B-B, in one process: {@code PdfBoxSign KEYS KEY FILE RUNS OUT}. The keys are parsed once.
 * PDFBox leaves the CMS to its caller; this one has the attributes that PAdES B-B asks for (ETSI EN 319 142-1, 6.3).
 */
public final class PdfBoxSign implements SignatureInterface {
    private final PrivateKey key;
    private final X509CertificateHolder certificate;
    private final X509CertificateHolder authority;

    private PdfBoxSign(Path folder, String name) throws Exception {
        key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) read(folder.resolve(name + ".key.pem")));
        certificate = (X509CertificateHolder) read(folder.resolve(name + ".pem"));
        authority = (X509CertificateHolder) read(folder.resolve("ca.pem"));
    }

    private static Object read(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new FileReader(file.toFile()))) {
            return parser.readObject();
        }
    }

    @Override
    public byte[] sign(InputStream content) throws IOException {
        try {
            String algorithm = key.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(key);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            CMSAttributeTableGenerator attributes = parameters -> {
                // No signing-time attribute: in PAdES the claimed time stands in the signature dictionary's /M.
                AttributeTable table = new DefaultSignedAttributeTableGenerator().getAttributes(parameters)
                    .remove(CMSAttributes.signingTime);
                ASN1EncodableVector all = table.toASN1EncodableVector();
                all.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest)))));
                return new AttributeTable(all);
            };
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .setSignedAttributeGenerator(attributes).build(signer, certificate));
            generator.addCertificates(new JcaCertStore(List.of(certificate, authority)));
            CMSTypedData data = new CMSProcessableByteArray(content.readAllBytes());
            return generator.generate(data, false).getEncoded("DER");
        } catch (Exception error) {
            throw new IOException(error);
        }
    }

    private byte[] once(byte[] file) throws IOException {
        try (PDDocument document = PDDocument.load(file)) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setSignDate(Calendar.getInstance());
            document.addSignature(signature, this);
            ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 65_536);
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    public static void main(String[] arguments) throws Exception {
        PdfBoxSign signer = new PdfBoxSign(Path.of(arguments[0]), arguments[1]);
        Path path = Path.of(arguments[2]);
        byte[] file = Files.readAllBytes(path);
        int runs = Integer.parseInt(arguments[3]);
        int warmUp = Math.max(2, runs); // as many again, so that the compiler has done its work
        double[] times = new double[runs];
        byte[] result = null;
        for (int run = -warmUp; run < runs; run++) {
            long begin = System.nanoTime();
            result = signer.once(file);
            if (run >= 0) {
                times[run] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Files.write(Path.of(arguments[4]), result);
        Arrays.sort(times);
        System.out.printf("{\"peer\": \"PDFBox 2\", \"key\": \"%s\", \"file\": \"%s\", \"median_ms\": %.4f}%n",
            arguments[1], path.getFileName().toString().replace(".pdf", ""), times[runs / 2]);
    }
}
