// An open status client and encoder for receipt printers (npm receiptio) as a program: one print or
// one status question, the client's own word as one JSON line.
// Start: node printer_client.cjs PORT print|status [TEXT]. The client only knows port 9100; the shim
// sends that one port to the printer's.
"use strict";

const net = require("node:net");

const [port, what, text = ""] = process.argv.slice(2);
const connect = net.connect;
net.connect = (wanted, ...rest) => connect(wanted === 9100 ? Number(port) : wanted, ...rest);

const receiptio = require("receiptio");

const options = "-d 127.0.0.1 -p escpos -l zh-hans -c 48 -t 5" + (what === "status" ? " -q printer" : "");
receiptio.print(text, options).then(
  (result) => process.stdout.write(JSON.stringify({ result }) + "\n"),
  (error) => process.stdout.write(JSON.stringify({ error: String(error.message) }) + "\n"),
);
