namespace LocalRetrieval.Tests.Docs;

/// <summary>A service of the page's application.</summary>
internal sealed record ModelFolders(string LongTexts, string TokenVectors = "");
