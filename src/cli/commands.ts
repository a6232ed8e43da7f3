import type { CommandDefinition } from './command.ts';
import { bumpCommand } from './commands/bump.ts';
import { diffCommand } from './commands/diff.ts';
import { historyCommand } from './commands/history.ts';
import { holdCommand, unholdCommand } from './commands/hold.ts';
import { initCommand } from './commands/init.ts';
import { publishCommand } from './commands/publish.ts';
import { pullCommand } from './commands/pull.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { synthCommand } from './commands/synth.ts';
import { tokenCommand } from './commands/token.ts';
import { validateCommand } from './commands/validate.ts';

/** Every command, in the order that help lists them. */
export const commands: readonly CommandDefinition[] = [
  initCommand,
  validateCommand,
  schemaCommand,
  synthCommand,
  diffCommand,
  publishCommand,
  bumpCommand,
  rollbackCommand,
  holdCommand,
  unholdCommand,
  historyCommand,
  pullCommand,
  tokenCommand,
  serveCommand,
];
