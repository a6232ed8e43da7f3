import type { Deps } from './deps.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** A command as help lists it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandDefinition>;
}

/** A command as data; `program.ts` hands it to the command line library. */
export interface CommandDefinition {
  /** More help, after the summary. */
  readonly description?: string;
  /** In order; `<required>`, `[optional]`, `[several...]`. */
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  /** What `--format` takes, the default first. */
  readonly formats?: readonly string[];
  readonly examples?: readonly string[];
  run(invocation: Invocation): Promise<ExitCode>;
}

export interface ArgumentDefinition {
  readonly name: string;
  readonly description: string;
}

export interface OptionDefinition {
  /** `--strict`, `--against <ref>`, `--allow-delete <tool...>` */
  readonly flags: string;
  readonly description: string;
}

export interface Invocation {
  /** Words that are no options; a `[several...]` argument is spread. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly format: string;
  readonly deps: Deps;
  readonly out: Output;
}

/** Option values by camel-cased name; `text`, `flag` and `list` read them with their type. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }
}
