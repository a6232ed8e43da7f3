import { type Rule, runPath } from '../rule.ts';
import { quoted } from '../words.ts';

const SECRET =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRETS?|TOKENS?|API_?KEYS?|PRIVATE_?KEYS?|ACCESS_?KEYS?|CREDENTIALS?)(?=_|\d*$)/i;
/** Says where a secret is, or something about it. */
const ABOUT = /_(?:FILE|PATH|DIR|URL|URI|HOST|NAME|TTL|EXPIRY|LENGTH|HEADER|MAX|MIN)$/i;

/** What is in git is there for all to read, for ever. */
export const secretEnv: Rule = ({ components }, report) => {
  for (const { name, run } of components) {
    for (const variable of Object.keys(run.env ?? {})) {
      if (!SECRET.test(variable) || ABOUT.test(variable)) continue;
      report({
        code: 'TFG216',
        severity: 'warning',
        path: [...runPath(name, 'env'), variable],
        at: 'key',
        message: `${quoted(variable)} looks like a secret, and everybody can read what is in this file`,
        suggestion:
          "put it in the tool's Secret `envvars`, which every component gets, and change it if it was real",
      });
    }
  }
};
