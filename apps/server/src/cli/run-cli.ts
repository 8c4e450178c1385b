import { CredentialsAdmin, MerchantActs } from '@app/credentials';
import { createLogger, loadConfig, NestLog, type AppConfig } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, CommanderError } from 'commander';
import { createDataSource } from '../data-source';
import { commandLine } from './acting';
import { CliModule } from './cli.module';
import type { CommandLine } from './command-line';
import { addAccessKeyCommands } from './commands/access-key';
import { addAcquirerCommands } from './commands/acquirer';
import { addAuditCommands } from './commands/audit';
import { addBinCommands } from './commands/bins';
import { addChannelCommands } from './commands/channel';
import { addConnectorAccountCommands } from './commands/connector-account';
import { addKekCommands } from './commands/kek';
import { addMerchantCommands } from './commands/merchant';
import { addMigrateCommands } from './commands/migrate';
import { addOperatorCommands } from './commands/operator';
import { addPublicKeyCommands } from './commands/public-key';
import { addSessionCommands } from './commands/session';
import { addSigningKeyCommands } from './commands/signing-key';
import { failureOf } from './failure';
import { tableOf } from './table';

/** Where a command writes and what it is configured from. */
export interface CliSurroundings {
  out(text: string): void;
  err(text: string): void;
  config(): AppConfig;
}

const PROCESS: CliSurroundings = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  config: () => loadConfig(),
};

const COMMANDS = [
  addMerchantCommands,
  addChannelCommands,
  addAcquirerCommands,
  addAccessKeyCommands,
  addPublicKeyCommands,
  addSessionCommands,
  addOperatorCommands,
  addAuditCommands,
  addConnectorAccountCommands,
  addBinCommands,
  addSigningKeyCommands,
  addKekCommands,
  addMigrateCommands,
];

/**
 * Runs one command of the command line and returns the exit code. With `--json` standard output holds JSON and nothing
 * else, and a failure is `{error: {code, message}}` on standard error.
 */
export async function runCli(args: readonly string[], surroundings: CliSurroundings = PROCESS): Promise<number> {
  const json = args.includes('--json');
  const { err } = surroundings;
  const program = createProgram(json, surroundings);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Help that was asked for ends the parser by a throw, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = failureOf(error);
    if (json) err(`${JSON.stringify({ error: failure })}\n`);
    else err(`${failure.message}\n`);
    return 1;
  }
}

function createProgram(json: boolean, surroundings: CliSurroundings): Command {
  const { out, err } = surroundings;
  const program = new Command('cli')
    .description('operate this installation')
    .exitOverride()
    // Failures are reported once, by us; what remains is help.
    .configureOutput({ writeOut: out, writeErr: json ? () => undefined : err, outputError: () => undefined });
  const line: CommandLine = {
    config: surroundings.config,
    withAdmin: (work) => withModules(surroundings, (modules) => work(modules.get(CredentialsAdmin))),
    acting: (work) => withModules(surroundings, (modules) => work(modules.get(MerchantActs), commandLine())),
    withModules: (work) => withModules(surroundings, work),
    show: (result, note) => {
      out(json ? `${JSON.stringify(result, null, 2)}\n` : tableOf(result));
      if (!json && note !== undefined) out(`${note}\n`);
    },
  };
  for (const add of COMMANDS) add(program, line);
  for (const command of allCommands(program)) command.option('--json', 'print JSON');
  return program;
}

// After the commands exist: settings such as exitOverride are inherited when a command is added.
function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

async function withModules<T>(
  surroundings: CliSurroundings,
  work: (modules: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const config = surroundings.config();
  const log = createLogger('warn', { write: surroundings.err });
  const dataSource = await createDataSource(config.database.directUrl.expose(), 2).initialize();
  try {
    const app = await NestFactory.createApplicationContext(CliModule.forRoot({ config, log, dataSource }), {
      logger: new NestLog(log),
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
