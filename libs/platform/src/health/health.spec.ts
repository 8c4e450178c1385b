import { HealthRegistry } from './health';

describe('health', () => {
  it('is ready when every part is', async () => {
    const health = new HealthRegistry();
    health.register('a', () => undefined);
    health.register('b', async () => undefined);

    expect(await health.failing()).toEqual([]);
  });

  it('names the parts that throw, at once or later', async () => {
    const health = new HealthRegistry();
    health.register('fine', () => undefined);
    health.register('thrown', () => {
      throw new Error('gone');
    });
    health.register('rejected', () => Promise.reject(new Error('gone')));

    expect(await health.failing()).toEqual(['thrown', 'rejected']);
  });

  it('is not ready any more once it drains', async () => {
    const health = new HealthRegistry();
    health.drain();

    expect(await health.failing()).toEqual(['draining']);
  });
});
