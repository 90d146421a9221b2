namespace LocalRetrieval.Hosting.Tests.Docs;

/// <summary>Tests that change the working directory run alone.</summary>
[CollectionDefinition(nameof(WorkingDirectory), DisableParallelization = true)]
public sealed class WorkingDirectory;
