using Microsoft.Extensions.Options;

namespace LocalRetrieval.Rag;

/// <summary>Refuses options that no setter sees alone.</summary>
internal sealed class PassageSyncOptionsValidator : IValidateOptions<PassageSyncOptions>
{
    public ValidateOptionsResult Validate(string? name, PassageSyncOptions options) => string.IsNullOrWhiteSpace(options.Folder)
        ? ValidateOptionsResult.Fail($"{nameof(PassageSyncOptions)}.{nameof(PassageSyncOptions.Folder)} is not set. Set it to the folder whose documents the collection is to have.")
        : ValidateOptionsResult.Success;
}
