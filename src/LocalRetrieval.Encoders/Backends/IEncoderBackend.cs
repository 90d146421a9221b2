namespace LocalRetrieval.Encoders;

/// <summary>What computes an encoder's numbers: a graph, a table, another machine. It runs planned batches of tokens and knows nothing of texts.</summary>
/// <remarks>Safe for concurrent runs. It is disposed when no run is under way.</remarks>
internal interface IEncoderBackend : IDisposable
{
    /// <summary>What it is, what it gives, and its limits.</summary>
    BackendInfo Info { get; }

    /// <summary>Whether a run that has the machine for itself is faster than one that has a share of it; may change while it runs.</summary>
    bool IsFasterAlone { get; }

    /// <summary>Whether it counts the rows that find an idle machine, to find out whether to prepare for them: they are run as alone, with no more processors than others.</summary>
    bool CountsLoneRows => false;

    /// <summary>Adds what it knows of how it runs.</summary>
    EncoderExecution Describe(EncoderExecution execution) => execution;

    /// <summary>Runs one batch.</summary>
    /// <param name="batch">The rows, and the length that they are padded to.</param>
    /// <param name="isAlone">Whether no other run was under way when it began: where it is faster alone, none is until it ends, so that every processor may be used.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The values of every row, to be disposed once they are read. A backend that computes in this process returns when it has.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken);
}
