// An open CCNET host (npm cashcode-bv) as a program: commands by lines in, JSON lines out.
// Start: node ccnet_host.cjs DEVICE. The shim below is all it needs to run with today's serialport.
"use strict";

const { createInterface } = require("node:readline");
const serialport = require("serialport");

class SerialPort extends serialport.SerialPort {
  constructor(path, options) {
    super({ path, ...options });
  }
}
require.cache[require.resolve("serialport")].exports = SerialPort;

const BillValidator = require("cashcode-bv/Source/CCNet/BillValidator");

const HAPPENINGS = ["power-up", "power-up-with-bill", "power-up-with-bill-in-stacker", "initialize",
  "idling", "accepting", "stacking", "returning", "disabled", "holding", "cassette-full",
  "cassette-out-of-position", "jammed", "cassette-jammed", "cheated"];

const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const validator = new BillValidator(process.argv[2]);
for (const name of HAPPENINGS) validator.on(name, () => tell({ event: name }));
for (const name of ["escrow", "stacked", "returned"]) {
  validator.on(name, (bill) => tell({ event: name, amount: bill.amount, code: bill.code }));
}

const execute = (command, given) => validator.execute(validator.commands[command], given);
const commands = {
  connect: async () => {
    await validator.connect();
    return { info: validator.info, bills: validator.billTable };
  },
  enable: (mask) => execute("EnableBillTypes", Array(6).fill(Number(mask))),
  status: async () => ({ status: await execute("GetStatus") }),
  stack: () => execute("Stack"),
  return: () => execute("Return"),
  hold: () => execute("Hold"),
};

createInterface({ input: process.stdin }).on("line", async (line) => {
  const [name, ...given] = line.split(" ");
  try {
    const answer = await commands[name](...given);
    const facts = Buffer.isBuffer(answer) ? { ok: answer.equals(Buffer.of(0)) } : { ok: true, ...answer };
    tell({ did: line, ...facts });
  } catch (error) {
    tell({ did: line, ok: false, error: String(error.message) });
  }
}).on("close", () => process.exit(0));
