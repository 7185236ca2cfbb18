// What an independent R4 client (fhir-kit-client) finds on the sandbox, told as one JSON object for the test to look at.
//
// Usage: node journey.mjs BASE. It runs in a folder where the packages of package-lock.json were installed.

import Client from 'fhir-kit-client';

const client = new Client({ baseUrl: process.argv[2] });
const system = 'http://example.org/journey';
const found = {};

const patient = await client.create({
  resourceType: 'Patient',
  body: { resourceType: 'Patient', name: [{ family: 'Bakken', given: ['Astrid'] }], identifier: [{ system, value: 'a' }] },
});
found.created = { id: patient.id, version: patient.meta.versionId };
found.read = (await client.read({ resourceType: 'Patient', id: patient.id })).name[0].family;

const once = {
  resourceType: 'Patient',
  body: { resourceType: 'Patient', identifier: [{ system, value: 'once' }] },
  headers: { 'If-None-Exist': `identifier=${system}|once` },
};
found.once = [(await client.create(once)).id, (await client.create(once)).id];

for (let number = 0; number < 25; number += 1) {
  await client.create({
    resourceType: 'Observation',
    body: {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      subject: { reference: `Patient/${patient.id}` },
      effectiveDateTime: `2026-11-${String(number + 1).padStart(2, '0')}`,
      valueQuantity: { value: 60 + number, unit: '/min' },
    },
  });
}
const pages = [];
const searchParams = { patient: patient.id, _sort: '-date', _count: '10' };
let page = await client.search({ resourceType: 'Observation', searchParams });
found.total = page.total;
while (page) {
  pages.push(page.entry.map((entry) => entry.resource.effectiveDateTime));
  page = await client.nextPage({ bundle: page });
}
found.pages = pages;
const posted = await client.search({
  resourceType: 'Patient',
  searchParams: { name: 'bakken' },
  options: { postSearch: true },
});
found.posted = posted.total;

const note = 'urn:uuid:0b1d9a52-6f0c-4a56-9a4b-0d3b5f5d1c11';
const answer = await client.transaction({
  body: {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: note,
        resource: {
          resourceType: 'DocumentReference',
          status: 'current',
          identifier: [{ system: 'urn:ietf:rfc:3986', value: note }],
          subject: { reference: `Patient/${patient.id}` },
          content: [{ attachment: { contentType: 'text/plain', data: 'VXJvbGlnIG5hdHQ=' } }],
        },
        request: { method: 'POST', url: 'DocumentReference', ifNoneExist: `identifier=urn:ietf:rfc:3986|${note}` },
      },
      {
        resource: {
          resourceType: 'Provenance',
          target: [{ reference: note }],
          recorded: '2026-11-24T07:00:00+01:00',
          agent: [{ who: { display: 'Kari Nilsen' } }],
        },
        request: { method: 'POST', url: 'Provenance' },
      },
    ],
  },
});
found.transaction = answer.entry.map((entry) => entry.response.status);
const target = answer.entry[0].response.location.replace(/^.*\/(DocumentReference\/[^/]+)\/.*$/, '$1');
const provenance = await client.search({ resourceType: 'Provenance', searchParams: { target } });
found.provenance = provenance.entry.map((entry) => entry.resource.target[0].reference === target);

const everything = async (options) => {
  const types = {};
  let bundle = await client.operation({ name: 'everything', resourceType: 'Patient', id: patient.id, ...options });
  while (bundle) {
    for (const entry of bundle.entry) {
      types[entry.resource.resourceType] = (types[entry.resource.resourceType] ?? 0) + 1;
    }
    bundle = await client.nextPage({ bundle });
  }
  return types;
};
found.everything = await everything({ method: 'GET', input: { _count: 10 } });
found.posted_everything = await everything({ input: { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Observation' }] } });

found.compartment = (await client.search({
  resourceType: 'Observation',
  compartment: { resourceType: 'Patient', id: patient.id },
})).total;

const patched = await client.patch({
  resourceType: 'Patient',
  id: patient.id,
  JSONPatch: [{ op: 'add', path: '/gender', value: 'female' }],
});
found.patched = [patched.gender, patched.meta.versionId];
found.versions = (await client.history({ resourceType: 'Patient', id: patient.id })).total;
found.of_type = (await client.history({ resourceType: 'Patient' })).total;
try {
  await client.update({
    resourceType: 'Patient',
    id: patient.id,
    body: { resourceType: 'Patient', id: patient.id },
    headers: { 'If-Match': 'W/"1"' },
  });
} catch (error) {
  found.stale = [error.response.status, error.response.data.resourceType];
}
await client.delete({ resourceType: 'Patient', id: found.once[0] });
try {
  await client.read({ resourceType: 'Patient', id: found.once[0] });
} catch (error) {
  found.deleted = error.response.status;
}
console.log(JSON.stringify(found));
