import { Command, CommanderError, Option } from 'commander';
import { GitopsError } from '../errors.ts';
import { type CommandDefinition, type CommandEntry, Options } from './command.ts';
import type { Deps } from './deps.ts';
import { ExitCode, exitCodeOf } from './exit-code.ts';
import { tellFailure, usageJson, withoutSecrets } from './failure.ts';
import { describeFault, faultJson, faultText } from './fault.ts';
import { type Streams, streamOutput } from './output.ts';
import { checkFolder } from './target.ts';

const OVERVIEW = `Push-to-deploy for a shared platform: toolforge.yaml in, Kubernetes manifests for Argo CD out.

Exit codes: 0 fine, 1 findings (invalid spec, drift, refused), 2 wrong usage, 3 environment (git, network, registry).
Secrets come from the environment or a file named there, never from an argument.`;

/** Reads the command line, runs one command and answers its exit code; foreseen failures are told on stderr. */
export async function runProgram(
  argv: readonly string[],
  { commands, deps, streams }: { commands: readonly CommandEntry[]; deps: Deps; streams: Streams },
): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  const program = newProgram(deps, streams);
  try {
    await addCommands(program, argv, commands, async (definition, words, own) => {
      const values = { ...program.opts(), ...own };
      exitCode = await runCommand(definition, { words, values, deps, streams });
    });
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return ExitCode.usage;
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFault(error, { argv, deps, streams });
    if (error.exitCode === 0) return ExitCode.ok;
    if (wantsJson(argv)) streams.stdout.write(`${usageJson(withoutSecrets(error.message))}\n`);
    return ExitCode.usage;
  }
  return exitCode;
}

function newProgram({ version }: Deps, streams: Streams): Command {
  const program = new Command('toolforge-gitops')
    .description(OVERVIEW)
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)')
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) => write(withoutSecrets(text)),
    });
  return withCommonOptions(program);
}

/** Taken before the command, as git does, and after it. */
function withCommonOptions(command: Command): Command {
  return command
    .option('-C, --directory <dir>', 'work in this folder instead of the current one')
    .option('-q, --quiet', 'say nothing but results and errors');
}

interface FaultyRun {
  readonly argv: readonly string[];
  readonly deps: Deps;
  readonly streams: Streams;
}

function tellFault(error: unknown, { argv, deps, streams }: FaultyRun): ExitCode {
  const fault = describeFault(error, deps);
  streams.stderr.write(`${faultText(fault)}\n`);
  if (wantsJson(argv)) streams.stdout.write(`${faultJson(fault)}\n`);
  return ExitCode.environment;
}

/** Asked of the words themselves, since the command line could not be read. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, at) => word === '--format=json' || (word === '--format' && argv[at + 1] === 'json'),
  );
}

type Act = (
  definition: CommandDefinition,
  words: readonly string[],
  values: Record<string, unknown>,
) => Promise<void>;

/** Only the command that is asked for is loaded; of the others help needs no more than a line. */
async function addCommands(
  program: Command,
  argv: readonly string[],
  entries: readonly CommandEntry[],
  act: Act,
): Promise<void> {
  const asked = commandIn(argv);
  for (const { name, summary, load } of entries) {
    const command = program.command(name).summary(summary).copyInheritedSettings(program);
    if (name !== asked) continue;
    const definition = await load();
    addDetails(command, summary, definition);
    command.action((...received: unknown[]) => {
      const words = received.slice(0, definition.arguments?.length ?? 0).flat();
      const values = received.at(-2) as Record<string, unknown>;
      return act(definition, words.filter((word) => word !== undefined).map(String), values);
    });
  }
}

/** The first word that is neither `help`, an option, nor the folder of `-C`. */
function commandIn(argv: readonly string[]): string | undefined {
  return argv.find((word, at) => {
    const isFolder = ['-C', '--directory'].includes(argv[at - 1] ?? '');
    return word !== 'help' && !word.startsWith('-') && !isFolder;
  });
}

function addDetails(command: Command, summary: string, definition: CommandDefinition): void {
  withCommonOptions(command).description([summary, definition.description].filter(Boolean).join('\n\n'));
  for (const { name, description } of definition.arguments ?? []) command.argument(name, description);
  for (const { flags, description } of definition.options ?? []) command.option(flags, description);
  const [first, ...others] = definition.formats ?? ['text', 'json'];
  command.addOption(
    new Option('--format <format>', 'how the result is printed')
      .choices([first as string, ...others])
      .default(first),
  );
  if (definition.examples !== undefined) {
    command.addHelpText('after', `\nExamples:\n${definition.examples.map((line) => `  ${line}`).join('\n')}`);
  }
}

interface Run {
  readonly words: readonly string[];
  readonly values: Record<string, unknown>;
  readonly deps: Deps;
  readonly streams: Streams;
}

async function runCommand(
  definition: CommandDefinition,
  { words, values, deps, streams }: Run,
): Promise<ExitCode> {
  const options = new Options(values);
  const out = streamOutput(streams, options.flag('quiet'));
  const format = options.text('format') as string;
  try {
    await checkFolder({ options, deps });
    return await definition.run({ words, options, format, deps, out });
  } catch (error) {
    if (!(error instanceof GitopsError)) throw error;
    await tellFailure(error, { out, format });
    return exitCodeOf(error.code);
  }
}
