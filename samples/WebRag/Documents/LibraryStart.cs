namespace WebRag.Documents;

/// <summary>Makes the collection as the application starts, so that whoever comes before the folder is indexed finds nothing instead of an error.</summary>
internal sealed class LibraryStart(Library library) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The model is loaded for it; the pages are served meanwhile.
        await Task.Yield();
        await library.OpenAsync(stoppingToken);
    }
}
