namespace LocalRetrieval.Tests.Docs;

/// <summary>Middleware of the page's application.</summary>
internal sealed class TimedReranker(ITextReranker inner) : DelegatingTextReranker(inner);
