namespace LocalRetrieval.Encoders.Tests.Scheduling;

/// <summary>One run of an <see cref="EchoBackend"/>.</summary>
/// <param name="Rows">The first token of each row.</param>
/// <param name="IsAlone">Whether it had the machine for itself.</param>
/// <param name="Token">Cancelled when nobody waits any more.</param>
internal sealed record EchoRun(int[] Rows, bool IsAlone, CancellationToken Token);
