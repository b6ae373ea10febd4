// The page that reads and tries the API. In a demo it sends the token of the caller chosen, and puts the ids of the
// demo's kitchen in the place of those in the examples.
'use strict';

let token = null;

const json = async path => {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
};

// Whom one can be in a demo: [words, token].
const callersOf = demo => [
  ...demo.kitchens.flatMap(kitchen => [
    ...kitchen.staff.filter(member => member.token)
      .map(member => [`${member.role.toLowerCase()} ${member.name}, ${kitchen.name}`, member.token]),
    ...kitchen.devices.map(device => [
      `${device.kind === 'POS' ? 'till' : 'kiosk'} "${device.name}", ${kitchen.name}`, device.token]),
  ]),
  ...demo.accounts.map(account => [`app user ${account.name}`, account.token]),
  ['operator', demo.operatorKey],
  ...(demo.merchantKey ? [['a merchant\'s web shop', demo.merchantKey]] : []),
];

// The ids of the examples, and what the demo calls the same things.
const idsOf = (sample, kitchen) => {
  const named = (things, name) => things.find(thing => thing.name === name);
  return [
    [sample.kitchen.id, kitchen.id],
    ...sample.menu.map(item => [item.id, named(kitchen.menu, item.name)?.id]),
    ...sample.customers.map(guest => [guest.id, named(kitchen.customers, guest.name)?.kitchenCustomerId]),
    ...sample.paymentMethods.map(way => [way.id, named(kitchen.paymentMethods, way.name)?.kitchenPaymentMethodId]),
  ].filter(([, id]) => id);
};

const choose = demo => {
  const select = document.getElementById('caller');
  for (const [words, value] of callersOf(demo)) select.append(new Option(words, value));
  select.append(new Option('whoever Authorize says', ''));
  select.addEventListener('change', () => { token = select.value; });
  token = select.value;
  document.getElementById('demo').hidden = false;
};

const start = async () => {
  const [text, sample, demo] = await Promise.all([
    fetch('/openapi/v1.json').then(answer => answer.text()), json('/docs/sample-kitchen.json'), json('/demo')]);
  const kitchen = demo?.kitchens.find(one => one.name === sample.kitchen.name);
  const pairs = kitchen ? idsOf(sample, kitchen) : [];
  const spec = JSON.parse(pairs.reduce((all, [example, real]) => all.replaceAll(example, real), text));
  if (demo) choose(demo); else document.getElementById('no-demo').hidden = false;

  SwaggerUIBundle({
    spec,
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    defaultModelExpandDepth: 4,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    requestInterceptor: request => {
      if (token) request.headers.Authorization = `Bearer ${token}`;
      return request;
    },
  });
};

start();
