using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Moq;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A collection whose every search finds the same, and which gives back vectors alone by its keys.</summary>
internal sealed class ScriptedCollection : Mock<VectorStoreCollection<int, Note>>
{
    public ScriptedCollection(params (string Text, double? Score)[] results)
        : base(MockBehavior.Strict)
    {
        Setup(collection => collection.Name).Returns(() => Name);
        Setup(collection => collection.GetService(It.IsAny<Type>(), It.IsAny<object?>())).Returns((object?)null);
        Setup(collection => collection.GetAsync(It.IsAny<IEnumerable<int>>(), It.IsAny<RecordRetrievalOptions?>(), It.IsAny<CancellationToken>()))
            .Returns((IEnumerable<int> keys, RecordRetrievalOptions? options, CancellationToken _) => Get([.. keys], options?.IncludeVectors == true));
        Setup(collection => collection.CollectionExistsAsync(It.IsAny<CancellationToken>())).ReturnsAsync(() => Exists);
        Setup(collection => collection.SearchAsync(It.IsAny<It.IsAnyType>(), It.IsAny<int>(), It.IsAny<VectorSearchOptions<Note>?>(), It.IsAny<CancellationToken>()))
            .Returns(new InvocationFunc(search => SearchAsync(results, (int)search.Arguments[1]!, (CancellationToken)search.Arguments[3]!)));
    }

    public new string Name { get; init; } = "scripted";

    /// <summary>The vectors that it gives back by key; others it does not.</summary>
    public IReadOnlyDictionary<int, float[]> Vectors { get; init; } = new Dictionary<int, float[]>();

    /// <summary>The keys of each request for vectors.</summary>
    public List<int[]> Fetched { get; } = [];

    public int? LastTop { get; private set; }

    public bool Exists { get; init; } = true;

    public Exception? Failure { get; init; }

    private IAsyncEnumerable<Note> Get(int[] keys, bool includeVectors)
    {
        Assert.True(includeVectors);
        Fetched.Add(keys);
        return keys.Where(Vectors.ContainsKey).Select(key => new Note { Id = key, Vector = Vectors[key] }).ToAsyncEnumerable();
    }

    private async IAsyncEnumerable<VectorSearchResult<Note>> SearchAsync(
        (string Text, double? Score)[] results, int top, [EnumeratorCancellation] CancellationToken cancellationToken)
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
}
