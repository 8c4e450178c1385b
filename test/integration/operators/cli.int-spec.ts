import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { encodeId } from '@app/kernel';
import { loadConfig } from '@app/platform';
import { runCli } from '../../../apps/server/src/cli/run-cli';
import { aMerchant, createTestDatabase, startHouse, PASSWORD, type House, type TestDatabase } from './house';

let test: TestDatabase;
let house: House;
let directory: string;
const kek = randomBytes(32).toString('base64');

beforeAll(async () => {
  test = await createTestDatabase();
  house = await startHouse(test.url, { COUNTERSIGN_DEMO: '1', COUNTERSIGN_KEK: kek });
  directory = mkdtempSync(join(tmpdir(), 'countersign-operator-'));
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
  rmSync(directory, { recursive: true, force: true });
});

async function cli(...args: string[]): Promise<{ code: number; out: Record<string, unknown>; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCli([...args, '--json'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    config: () =>
      loadConfig({ DATABASE_URL: test.url, COUNTERSIGN_KEK: kek, COUNTERSIGN_PUBLIC_URL: 'https://3ds.example.com' }),
  });
  return { code, out: out === '' ? {} : (JSON.parse(out) as Record<string, unknown>), err };
}

const failure = async (...args: string[]): Promise<string> => {
  const { code, err } = await cli(...args);
  expect(code).toBe(1);
  return (JSON.parse(err) as { error: { code: string } }).error.code;
};

describe('the command line', () => {
  it('makes the first operator, with an invitation that sets the password', async () => {
    const { out } = await cli('operator', 'create', '--email', 'First@Example.com', '--name', 'First');

    expect(out).toMatchObject({
      id: expect.stringMatching(/^opr_/) as string,
      email: 'first@example.com',
      role: 'admin',
      allMerchants: true,
      status: 'invited',
      invitationUrl: `https://3ds.example.com/admin/#/invitation/${String(out['invitationToken'])}`,
    });
    const accepted = await house.call('POST', 'auth/invitations/accept', {
      token: String(out['invitationToken']),
      password: PASSWORD,
    });
    expect(accepted.status).toBe(200);
    const signedIn = await house.call('POST', 'auth/sign-in', { email: 'first@example.com', password: PASSWORD });
    expect(signedIn.status).toBe(204);
  });

  it('takes a password from a file, a role and merchants', async () => {
    const merchant = encodeId('merchant', await aMerchant(house));
    const file = join(directory, 'password');
    writeFileSync(file, `${PASSWORD}\n`);

    const { out } = await cli(
      ...['operator', 'create', '--email', 'second@example.com', '--role', 'viewer'],
      ...['--merchant', merchant, '--password-file', file],
    );

    expect(out).toMatchObject({ role: 'viewer', allMerchants: false, merchantIds: [merchant], status: 'active' });
    const signedIn = await house.call('POST', 'auth/sign-in', { email: 'second@example.com', password: PASSWORD });
    expect(signedIn.status).toBe(204);
  });

  it('shuts people out, lets them in, and takes second factors away', async () => {
    const { out } = await cli('operator', 'create', '--email', 'third@example.com');
    const id = String(out['id']);

    expect((await cli('operator', 'disable', id, '--reason', 'left')).out).toMatchObject({ status: 'disabled' });
    expect((await cli('operator', 'enable', id)).out).toMatchObject({ status: 'invited' });
    expect((await cli('operator', 'reset-second-factor', id)).out).toMatchObject({ hasSecondFactor: false });
    expect((await cli('operator', 'invite', id)).out).toHaveProperty('invitationUrl');
    expect((await cli('operator', 'list')).out).toContainEqual(expect.objectContaining({ id }));
  });

  it('tells what is wrong', async () => {
    const nobody = `opr_${'a'.repeat(26)}`;

    expect(await failure('operator', 'create', '--email', 'nobody')).toBe('usage_invalid');
    expect(await failure('operator', 'create', '--email', 'a@b', '--role', 'root')).toBe('usage_invalid');
    expect(await failure('operator', 'create', '--email', 'first@example.com')).toBe('email_taken');
    expect(await failure('operator', 'create', '--email', 'a@b', '--merchant', `mer_${'a'.repeat(26)}`)).toBe(
      'merchant_ids_invalid',
    );
    expect(await failure('operator', 'disable', nobody)).toBe('operator_not_found');
  });

  it('looks at the audit log, where all this stands, and fails when it was changed', async () => {
    const { out } = await cli('audit', 'verify');
    expect(out).toMatchObject({ intact: true });
    expect((await cli('audit', 'verify', '--anchor', String(out['end']))).code).toBe(0);
    expect(await failure('audit', 'verify', '--anchor', 'x')).toBe('usage_invalid');
    const acts = await house.database.query<{ act: string; reason: string | null }>(
      `SELECT act, reason FROM audit_entry WHERE actor_kind = 'command_line' ORDER BY seq`,
    );
    expect(acts.map(({ act }) => act)).toEqual([
      'operator.invited',
      'operator.created',
      'operator.invited',
      'operator.disabled',
      'operator.enabled',
      'operator.second_factor_reset',
      'operator.reinvited',
    ]);
    expect(acts[3]?.reason).toBe('left');

    await house.database.query('GRANT UPDATE ON audit_entry TO CURRENT_USER');
    await house.database.query('ALTER TABLE audit_entry DISABLE TRIGGER tr_audit_entry_append_only');
    await house.database.query(`UPDATE audit_entry SET reason = 'promoted' WHERE reason = 'left'`);

    expect(await failure('audit', 'verify')).toBe('audit_broken');
  });
});
