import { invitationPath } from './invitation-address';

describe('the link of an invitation', () => {
  it('leads to where it is accepted, its token still behind the #', () => {
    expect(invitationPath('#/invitation/aB3-_x')).toBe('/admin/invitation#aB3-_x');
  });

  it.each(['', '#', '#content', '#/invitation/', '#/invitation/a/b', '#/invitation/a?b', '#/sessions/a'])(
    'is not %j',
    (hash) => {
      expect(invitationPath(hash)).toBeNull();
    },
  );
});
