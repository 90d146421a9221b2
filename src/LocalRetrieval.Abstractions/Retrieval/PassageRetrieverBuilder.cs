namespace LocalRetrieval;

/// <summary>Builds a pipeline of retrievers around one: rewriting of queries, caching, logging, or any other <see cref="DelegatingPassageRetriever"/>.</summary>
/// <remarks>Not safe for concurrent use; what it builds is as safe as its parts.</remarks>
public sealed class PassageRetrieverBuilder : PipelineBuilder<IPassageRetriever, PassageRetrieverBuilder>
{
    /// <summary>A builder around <paramref name="inner"/>.</summary>
    /// <param name="inner">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    public PassageRetrieverBuilder(IPassageRetriever inner)
        : base(inner)
    {
    }

    /// <summary>A builder around what <paramref name="innerFactory"/> makes when the pipeline is built.</summary>
    /// <param name="innerFactory">Makes the retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerFactory"/> is null.</exception>
    public PassageRetrieverBuilder(Func<IServiceProvider, IPassageRetriever> innerFactory)
        : base(innerFactory)
    {
    }
}
