import { invitationUrl, isEmail, normalEmail, OperatorsAdmin, type Invitation } from '@app/operators';
import type { Secret } from '@app/kernel';
import { OPERATOR_ROLES, UNREASONED, type OperatorRole } from '@app/platform';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { commandLine } from '../acting';
import type { CommandLine } from '../command-line';
import { plainName, wireId } from '../option-values';
import { secretFrom } from '../secret-input';
import { operatorView } from '../views';

interface CreateOptions {
  email: string;
  name?: string;
  role: OperatorRole;
  merchant?: string[];
  passwordFile?: Secret;
}

/** `operator create|list|invite|disable|enable|reset-second-factor` */
export function addOperatorCommands(program: Command, line: CommandLine): void {
  const operator = program.command('operator').description('people who use the console');
  operator
    .command('create')
    .description('make somebody who may use the console; without a password, prints an invitation to set one')
    .requiredOption('--email <address>', 'e-mail address, to sign in with', email)
    .option('--name <text>', 'name for people; the e-mail address when left out', plainName)
    .addOption(new Option('--role <name>', 'what they may do').choices(OPERATOR_ROLES).default('admin'))
    .option('--merchant <id>', 'merchant id, mer_…; may be repeated; all merchants when left out', merchantIds)
    .option('--password-file <path>', 'file with the password, - for standard input', secretFrom('--password-file'))
    .action(async (options: CreateOptions) => {
      const wanted = {
        email: options.email,
        name: options.name ?? options.email,
        role: options.role,
        merchants: options.merchant ?? ('all' as const),
      };
      const { passwordFile } = options;
      await withAdmin(line, async (admin) => {
        if (passwordFile) {
          line.show(operatorView(await admin.create(wanted, passwordFile, commandLine())));
          return;
        }
        const { operator: invited, invitation } = await admin.invite(wanted, commandLine());
        showInvitation(line, operatorView(invited), invitation);
      });
    });
  operator
    .command('list')
    .description('list all operators, by e-mail address')
    .action(async () => {
      line.show((await withAdmin(line, (admin) => admin.listAll())).map(operatorView));
    });
  operator
    .command('invite')
    .description('make a new invitation for somebody who has lost the old one, or the password')
    .argument('<operator>', OPERATOR, wireId('operator'))
    .action(async (id: string) => {
      showInvitation(line, {}, await withAdmin(line, (admin) => admin.reinvite(id, commandLine())));
    });
  for (const [name, description, act] of ACTS) {
    operator
      .command(name)
      .description(description)
      .argument('<operator>', OPERATOR, wireId('operator'))
      .option('--reason <text>', 'why, for the audit log')
      .action(async (id: string, { reason = null }: { reason?: string | null }) => {
        line.show(
          operatorView(await withAdmin(line, (admin) => admin[act](id, commandLine(), { ...UNREASONED, reason }))),
        );
      });
  }
}

const OPERATOR = 'operator id, opr_…';

/** What is decided about one person, and changes them. */
const ACTS = [
  ['disable', 'shut somebody out, at once and everywhere', 'disable'],
  ['enable', 'let somebody in again', 'enable'],
  ['reset-second-factor', 'for somebody who has lost telephone and recovery codes', 'resetSecondFactor'],
] as const;

function withAdmin<T>(line: CommandLine, work: (admin: OperatorsAdmin) => Promise<T>): Promise<T> {
  return line.withModules((modules) => work(modules.get(OperatorsAdmin)));
}

function showInvitation(line: CommandLine, view: object, { token, expiresAt }: Invitation): void {
  const { publicUrl, port } = line.config().http;
  line.show(
    {
      ...view,
      invitationToken: token.expose(),
      invitationUrl: invitationUrl(publicUrl ?? `http://localhost:${port}`, token),
      invitationExpiresAt: expiresAt.toISOString(),
    },
    'The invitation is shown this once and is good for one password.',
  );
}

function email(text: string): string {
  const normal = normalEmail(text);
  if (!isEmail(normal)) throw new InvalidArgumentError('must be an e-mail address');
  return normal;
}

function merchantIds(text: string, before: string[] = []): string[] {
  return [...before, wireId('merchant')(text)];
}
