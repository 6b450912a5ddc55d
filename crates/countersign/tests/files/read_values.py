"""Reads what was exported as other programs do: CSV by Python, XLSX by openpyxl, XML by lxml against its schema."""
import csv
import io
import json
import sys

import openpyxl
from lxml import etree

folder, schema = sys.argv[1:]
read = lambda name: open(f"{folder}/{name}", "rb").read()

commas = list(csv.reader(io.StringIO(read("values.csv").decode("utf-8-sig"), newline=""), strict=True))
sheet = openpyxl.load_workbook(f"{folder}/values.xlsx").active
cells = [[(cell.data_type, str(cell.value)) for cell in row] for row in sheet.iter_rows()]
document = etree.fromstring(read("values.xml"))
etree.XMLSchema(etree.parse(schema)).assertValid(document)
spaces = {"v": "urn:countersign:values:1"}
values = {
    envelope.get("id"): {
        field.get("key") or field.get("id"): field.findtext("v:value", None, spaces) or field.findtext("v:file", None, spaces)
        for field in envelope.iterfind(".//v:field", spaces)
    }
    for envelope in document
}
print(json.dumps({"csv": commas, "xlsx": cells, "xml": values}))
