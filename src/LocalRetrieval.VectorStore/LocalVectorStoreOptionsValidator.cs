using Microsoft.Extensions.Options;

namespace LocalRetrieval.VectorData;

/// <summary>Checks what no single setter can.</summary>
internal sealed class LocalVectorStoreOptionsValidator : IValidateOptions<LocalVectorStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalVectorStoreOptions options) =>
        options.HybridSearch.FindFault() is { } fault
            ? ValidateOptionsResult.Fail($"{nameof(LocalVectorStoreOptions.HybridSearch)}: {fault}")
            : options.FindKeywordFault() is { } keywordFault ? ValidateOptionsResult.Fail(keywordFault)
            : options.FindPathFault() is { } pathFault ? ValidateOptionsResult.Fail(pathFault)
            : ValidateOptionsResult.Success;
}
