/** Sets a member of an object with untrusted keys: unlike an assignment, this makes `__proto__` an ordinary key. */
export function setMember<Value>(object: { [key: string]: Value }, key: string, value: Value): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
