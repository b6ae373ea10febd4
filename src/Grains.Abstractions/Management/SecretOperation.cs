using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>An operation whose answer has a secret in it, such as a new token.</summary>
/// <param name="Seed">
/// What the secret is derived from, so that a repeated request is answered with the same one, and the database still
/// has only its hash. It comes from the caller's own token and is stored nowhere.
/// </param>
public sealed record SecretOperation(Operation Operation, byte[] Seed);
