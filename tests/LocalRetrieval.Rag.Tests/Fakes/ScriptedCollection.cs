using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A collection whose every search finds the same.</summary>
internal sealed class ScriptedCollection(params (string Text, double? Score)[] results) : VectorStoreCollection<int, Note>
{
    public int? LastTop { get; private set; }

    public bool Exists { get; init; } = true;

    public Exception? Failure { get; init; }

    public override string Name => "scripted";

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(Exists);

    public override async IAsyncEnumerable<VectorSearchResult<Note>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Note>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        LastTop = top;
        for (int index = 0; index < Math.Min(top, results.Length); index++)
        {
            yield return new VectorSearchResult<Note>(new Note { Id = index, Body = results[index].Text }, results[index].Score);
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task<Note?> GetAsync(int key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override IAsyncEnumerable<Note> GetAsync(
        Expression<Func<Note, bool>> filter, int top, FilteredRecordRetrievalOptions<Note>? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task DeleteAsync(int key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task UpsertAsync(Note record, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task UpsertAsync(IEnumerable<Note> records, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
