namespace LocalRetrieval;

/// <summary>Builds a pipeline of rerankers around one: caching, logging, or any other <see cref="DelegatingTextReranker"/>.</summary>
/// <remarks>Not safe for concurrent use; what it builds is as safe as its parts.</remarks>
public sealed class TextRerankerBuilder : PipelineBuilder<ITextReranker, TextRerankerBuilder>
{
    /// <summary>A builder around <paramref name="inner"/>.</summary>
    /// <param name="inner">The reranker that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    public TextRerankerBuilder(ITextReranker inner)
        : base(inner)
    {
    }

    /// <summary>A builder around what <paramref name="innerFactory"/> makes when the pipeline is built.</summary>
    /// <param name="innerFactory">Makes the reranker that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerFactory"/> is null.</exception>
    public TextRerankerBuilder(Func<IServiceProvider, ITextReranker> innerFactory)
        : base(innerFactory)
    {
    }
}
