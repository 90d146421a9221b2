namespace LocalRetrieval.Rag;

/// <summary>Where the records of a manifest are, whatever its keys are.</summary>
internal interface ISlotStore
{
    /// <summary>Creates the collection where it is not there.</summary>
    Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <summary>All records.</summary>
    IAsyncEnumerable<SourceRecord> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Writes records under the keys of their slots.</summary>
    Task UpsertAsync(IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken);

    /// <summary>Deletes the records of slots.</summary>
    Task DeleteAsync(IReadOnlyCollection<int> slots, CancellationToken cancellationToken);
}
