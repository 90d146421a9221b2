namespace LocalRetrieval;

/// <summary>Builds a pipeline of retrievers over records around one: rewriting of queries, caching, logging, or any other <see cref="DelegatingPassageRetriever{TRecord}"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>Not safe for concurrent use; what it builds is as safe as its parts.</remarks>
public sealed class PassageRetrieverBuilder<TRecord> : PipelineBuilder<IPassageRetriever<TRecord>, PassageRetrieverBuilder<TRecord>>
    where TRecord : class
{
    /// <summary>A builder around <paramref name="inner"/>.</summary>
    /// <param name="inner">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    public PassageRetrieverBuilder(IPassageRetriever<TRecord> inner)
        : base(inner)
    {
    }

    /// <summary>A builder around what <paramref name="innerFactory"/> makes when the pipeline is built.</summary>
    /// <param name="innerFactory">Makes the retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerFactory"/> is null.</exception>
    public PassageRetrieverBuilder(Func<IServiceProvider, IPassageRetriever<TRecord>> innerFactory)
        : base(innerFactory)
    {
    }
}
