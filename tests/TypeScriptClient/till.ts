// Sells, has a slip paid and gives money back, by the client that NSwag generates from the API's document.
// Writes what it was answered as JSON. Where a line is to be refused by the compiler, the comment before it says so:
// the build fails if it is not.

import { JikoXpressApi, JikoXpressException } from "./api.js";
import type { OpenSessionBody, PaymentBody, Problem, Session, SessionStatus } from "./api.js";

declare const process: { readonly argv: string[] };

const [, , url, till, kiosk, manager, pilau] = process.argv;
if (!url || !till || !kiosk || !manager || !pilau) throw new Error("url, three tokens and a dish are needed");

/** The client of a caller: the generated one knows no tokens, and sends headers that nobody gave, empty. */
function as(token: string): JikoXpressApi {
  return new JikoXpressApi(url!.replace(/\/$/, ""), {
    fetch: (to, request) => {
      const given = [...new Headers(request?.headers)].filter(([, value]) => value !== "");
      return fetch(to, { ...request, headers: [...given, ["Authorization", `Bearer ${token}`]] });
    },
  });
}

const cash = (amount: number): PaymentBody => ({ paymentMethod: "CASH", amount });

const onePilau = (...payments: PaymentBody[]): OpenSessionBody => ({
  sessionType: "IMMEDIATE",
  channel: "POS",
  fulfillmentType: "PICKUP",
  items: [{ menuId: pilau!, quantity: 1 }],
  payments,
});

/** Every word that there is: a new one is an error here. */
function isOver(status: SessionStatus): boolean {
  switch (status) {
    case "PENDING_PAYMENT": return false;
    case "CONFIRMED": return true;
    case "EXPIRED": return true;
    case "CANCELLED": return true;
    case "FAILED": return true;
  }
}

async function refusal(asked: Promise<Session>): Promise<Problem> {
  try {
    await asked;
  } catch (no) {
    if (JikoXpressException.isJikoXpressException(no)) return no.result as Problem;
    throw no;
  }
  throw new Error("It was not refused.");
}

const sale = await as(till).openCheckoutSession(onePilau({ ...cash(5000), tendered: 7000 }), "typescript-sale");
const again = await as(till).openCheckoutSession(onePilau({ ...cash(5000), tendered: 7000 }), "typescript-sale");
const exact = await as(till).openCheckoutSession(onePilau(cash(5000)));

const slip = await as(kiosk).openCheckoutSession({
  sessionType: "SLIP",
  channel: "KIOSK",
  fulfillmentType: "PICKUP",
  items: [{ menuId: pilau, quantity: 1 }],
}, "typescript-slip");
const paid = await as(till).confirmSlip(slip.id, { payments: [cash(5000)] }, "typescript-paid");

if (!sale.orderId) throw new Error("A sale that is paid has an order.");
await as(manager).refundOrder(sale.orderId, { reason: "Cold", amount: 1000 }, "typescript-refund");
const order = await as(manager).getOrder(sale.orderId);

const problem = await refusal(as(till).openCheckoutSession(onePilau(cash(4999)), "typescript-too-little"));
const list = await as(till).listCheckoutSessions("CONFIRMED");
const first: Session | undefined = list.data[0];

console.log(JSON.stringify({
  sale: sale.status,
  change: sale.payments[0]?.change,
  again: again.id === sale.id,
  exact: exact.payments[0]?.change ?? "none",
  slip: slip.status,
  slipIsOver: isOver(slip.status),
  paid: paid.status,
  paidIsOver: isOver(paid.status),
  refunded: order.refunded,
  refused: problem.code,
  expected: problem.expectedTotal,
  listed: first?.object,
}));

export function refusedByTheCompiler(session: Session, body: OpenSessionBody): unknown[] {
  // @ts-expect-error Money is a number.
  const asText: PaymentBody = { paymentMethod: "CASH", amount: "5000" };
  // @ts-expect-error A word that there is not.
  const unknownWord: PaymentBody = { paymentMethod: "CASHH", amount: 5000 };
  // @ts-expect-error A payment has an amount.
  const withoutAmount: PaymentBody = { paymentMethod: "CASH" };
  // @ts-expect-error A member that does not belong there.
  const unknownMember: OpenSessionBody = { ...body, staffId: "x" };
  // @ts-expect-error There may be no change.
  const change: number = session.payments[0]!.change;
  // @ts-expect-error There may be no order yet.
  const ordered: string = session.orderId;
  // @ts-expect-error There is no such member.
  const misspelt = session.totl;
  return [asText, unknownWord, withoutAmount, unknownMember, change, ordered, misspelt];
}
