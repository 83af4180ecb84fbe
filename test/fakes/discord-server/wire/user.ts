import type { Json, User } from '../world.ts';

export function wireUser(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}
