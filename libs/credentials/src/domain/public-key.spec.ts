import { newUuidV7 } from '@app/kernel';
import { decodePublicKey, encodePublicKey } from './public-key';

const ID = '01997f1a-2b3c-7d4e-8f50-617283940abc';

describe('a public key', () => {
  it('has the form that SDKs of the contract check before they send anything', () => {
    for (let count = 0; count < 50; count++) {
      expect(encodePublicKey(newUuidV7(new Date()))).toMatch(/^pk_?[a-z2-7]{26}[a-z2-7*#$=]$/);
    }
  });

  it('is read back', () => {
    expect(decodePublicKey(encodePublicKey(ID))).toBe(ID);
  });

  it('is not what somebody mistyped, cut or made up', () => {
    const key = encodePublicKey(ID);
    const wrong = [...'abcdefghijklmnopqrstuvwxyz234567'].filter((end) => decodePublicKey(key.slice(0, -1) + end));

    expect(wrong).toEqual([key.slice(-1)]);
    for (const text of ['', 'pk_', key.slice(0, -1), `${key}a`, key.toUpperCase(), key.replace('pk', 'sk')]) {
      expect(decodePublicKey(text)).toBeNull();
    }
  });
});
