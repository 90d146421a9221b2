namespace LocalRetrieval.Encoders.Tests.Runtime;

/// <summary>Ends what holds runs. Declared after an encoder, it is disposed before it, which waits for its runs: so a failed assertion fails, and does not hang.</summary>
internal sealed class ReleaseAtEnd(TaskCompletionSource release) : IDisposable
{
    public void Dispose() => release.TrySetResult();
}
