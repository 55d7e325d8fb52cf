// Gives primitive values a name of their own, so that a room name is never mistaken for an identity.
declare const brand: unique symbol

/** A primitive `T` that only its own constructor function may make: `type RoomName = Brand<string, 'RoomName'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
