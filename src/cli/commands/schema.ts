import { GitopsError } from '../../errors.ts';
import { nearest } from '../../model/nearest.ts';
import { SCHEMA_NAMES } from '../../spec/file-schemas.ts';
import { jsonSchemaOf } from '../../spec/json-schema.ts';
import type { CommandDefinition } from '../command.ts';
import { ExitCode } from '../exit-code.ts';

export const schemaCommand: CommandDefinition = {
  arguments: [{ name: '<name>', description: SCHEMA_NAMES.join(', ') }],
  formats: ['json'],
  examples: ['toolforge-gitops schema toolforge > toolforge.schema.json'],
  async run({ words: [name = ''], out }) {
    const known = SCHEMA_NAMES.find((candidate) => candidate === name);
    if (known === undefined) {
      const near = nearest(name, SCHEMA_NAMES);
      throw new GitopsError('usage', `no schema "${name}"`, {
        hint: near === undefined ? `there are ${SCHEMA_NAMES.join(', ')}` : `did you mean "${near}"?`,
      });
    }
    out.print(JSON.stringify(jsonSchemaOf(known), undefined, 2));
    return ExitCode.ok;
  },
};
