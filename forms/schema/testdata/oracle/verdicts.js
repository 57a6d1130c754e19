// Judges mutants with Amplify's published transformer. See docs/schema.md.
// node verdicts.js MUTANTS.jsonl > seed_N.txt
const fs = require('fs');
const { run } = require('./transform');

const lines = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
console.log('# What @aws-amplify/graphql-transformer 2.5.1 says of each mutant. Made by testdata/oracle/verdicts.js.');
let n = 0;
for (const line of lines) {
  const { hash, modes, conflict, text } = JSON.parse(line);
  const result = run(text, { modes, conflict });
  console.log(hash + ' ' + (result.ok ? 'ok' : 'rejected'));
  if (process.env.MESSAGES) fs.appendFileSync(process.env.MESSAGES, n + '\t' + (result.ok ? 'ok' : String(result.message).replace(/\s+/g, ' ').slice(0, 300)) + '\n');
  if (++n % 100 === 0) console.error(n);
}
