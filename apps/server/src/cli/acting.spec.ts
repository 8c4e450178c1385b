import os from 'node:os';
import { commandLine } from './acting';

afterEach(() => jest.restoreAllMocks());

describe('who acts at the command line', () => {
  it('is the user of the system', () => {
    jest.spyOn(os, 'userInfo').mockReturnValue({ ...os.userInfo(), username: 'deploy' });

    expect(commandLine()).toMatchObject({ kind: 'command_line', name: 'deploy', merchants: 'all' });
  });

  it('is a number where the system has no name for it', () => {
    jest.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT (no such file or directory)');
    });

    expect(commandLine().name).toBe(`uid ${process.getuid?.()}`);
  });
});
